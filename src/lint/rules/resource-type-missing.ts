import { missingBySpelling } from "../missing-parameter.ts";
import { endSpan, nothing, type Rule } from "../rule.ts";

/** Sources conflict (valkey-glide#5248): AWS's page shows the parameter, clients without it are reported to log in. Hence likely. */
export const resourceTypeMissing: Rule = {
  id: "resource-type-missing",
  check({ token, fields, expected }) {
    if (expected.kind !== "serverless-cache" || fields.parameters.ResourceType) return nothing;
    const missing = missingBySpelling(token, "ResourceType") ?? {
      message: "There is no ResourceType, which a token for a serverless cache has.",
      span: endSpan(token),
    };
    return [
      {
        ...missing,
        likelihood: "likely",
        fix: "Sign ResourceType=ServerlessCache as a parameter.",
        parameter: "ResourceType",
      },
    ];
  },
};
