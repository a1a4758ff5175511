import { Cluster, Redis } from "ioredis";
import { keepAuthenticated } from "../../src/client/ioredis.ts";
import { type Family, familyTests } from "./ioredis-family.ts";

familyTests({ name: "ioredis", Redis, Cluster, keepAuthenticated } as unknown as Family);
