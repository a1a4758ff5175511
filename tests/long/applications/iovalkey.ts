import type { Cluster as ClusterOfIoredis, Redis as RedisOfIoredis } from "ioredis";
import { Cluster, Redis } from "iovalkey";
import { keepAuthenticated } from "../../../src/client/iovalkey.ts";
import { liveLikeIoredis } from "./ioredis-family.ts";

await liveLikeIoredis(
  { Redis, Cluster } as unknown as { Redis: typeof RedisOfIoredis; Cluster: typeof ClusterOfIoredis },
  keepAuthenticated as unknown as Parameters<typeof liveLikeIoredis>[1],
);
