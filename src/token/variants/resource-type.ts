import { hasParameter, withoutParameter, withParameter } from "./query-changes.ts";
import type { Variant } from "./variant.ts";

export const resourceTypeAdded: Variant = {
  id: "resource-type-added",
  inPairs: 1,
  *candidates(request) {
    if (!hasParameter(request, "ResourceType")) return;
    yield {
      request: withoutParameter(request, "ResourceType"),
      message: "The signature is that of a request without ResourceType; the token has it.",
      fix: "Add ResourceType=ServerlessCache before signing, and only for a serverless cache.",
    };
  },
};

export const resourceTypeDropped: Variant = {
  id: "resource-type-dropped",
  inPairs: 1,
  *candidates(request) {
    if (hasParameter(request, "ResourceType")) return;
    yield {
      request: withParameter(request, "ResourceType", "ServerlessCache"),
      message: "The signature is that of a request with ResourceType=ServerlessCache; the token does not have it.",
      fix: "Leave ResourceType=ServerlessCache in the token; for a replication group or MemoryDB, sign without it.",
    };
  },
};
