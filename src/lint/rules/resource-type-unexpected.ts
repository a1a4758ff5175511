import { kinds } from "../../target/kinds.ts";
import { nothing, type Rule } from "../rule.ts";

export const resourceTypeUnexpected: Rule = {
  id: "resource-type-unexpected",
  check({ fields, expected }) {
    const parameter = fields.parameters.ResourceType;
    const kind = expected.kind ?? (fields.service === "memorydb" ? "memorydb-cluster" : null);
    if (!parameter || kind === null || kinds[kind].resourceType !== null) return nothing;
    return [
      {
        message: `There is a ResourceType, but ${kind === "memorydb-cluster" ? "MemoryDB has no serverless caches" : "a replication group is no serverless cache"}.`,
        fix: "Sign no ResourceType; it is for ElastiCache serverless alone.",
        parameter: "ResourceType",
        span: parameter,
      },
    ];
  },
};
