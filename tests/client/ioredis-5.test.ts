/** The major version before: `cacheauth/ioredis` is for both. */
import { Cluster, Redis } from "ioredis-5";
import { keepAuthenticated } from "../../src/client/ioredis.ts";
import { type Family, familyTests } from "./ioredis-family.ts";

familyTests({ name: "ioredis 5", Redis, Cluster, keepAuthenticated } as unknown as Family);
