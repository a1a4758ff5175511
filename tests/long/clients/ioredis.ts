import { Cluster, Redis } from "ioredis";
import { useLikeIoredis } from "./ioredis-family.ts";
import { perform } from "./login.ts";

await perform((login, ca) => useLikeIoredis({ Cluster, Redis }, login, ca));
