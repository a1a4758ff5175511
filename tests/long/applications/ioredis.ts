import { Cluster, Redis } from "ioredis";
import { keepAuthenticated } from "../../../src/client/ioredis.ts";
import { liveLikeIoredis } from "./ioredis-family.ts";

await liveLikeIoredis({ Redis, Cluster }, keepAuthenticated);
