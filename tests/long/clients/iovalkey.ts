import { Cluster, Redis } from "iovalkey";
import { type Family, useLikeIoredis } from "./ioredis-family.ts";
import { perform } from "./login.ts";

await perform((login, ca) => useLikeIoredis({ Cluster, Redis } as unknown as Family, login, ca));
