import { scopeCandidates } from "./scope-changes.ts";
import type { Variant } from "./variant.ts";

/** The two right ones, then names that look right, then those of the examples that signers are copied from. */
const services = [
  "elasticache",
  "memorydb",
  "memory-db",
  "elasticache-serverless",
  "redis",
  "valkey",
  "cache",
  "rds-db",
  "execute-api",
  "sts",
  "s3",
];

export const serviceOther: Variant = {
  id: "service-other",
  inPairs: 4,
  *candidates(request) {
    for (const service of services) yield* scopeCandidates(request, "service", service);
  },
};
