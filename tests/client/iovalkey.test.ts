import { Cluster, Redis } from "iovalkey";
import { keepAuthenticated } from "../../src/client/iovalkey.ts";
import { type Family, familyTests } from "./ioredis-family.ts";

familyTests({ name: "iovalkey", Redis, Cluster, keepAuthenticated } as unknown as Family);
