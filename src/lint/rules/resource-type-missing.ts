import { shown } from "../../errors.ts";
import { endSpan, misspelt, nothing, type Rule } from "../rule.ts";

/** Sources conflict (valkey-glide#5248): AWS's page shows the parameter, clients without it are reported to log in. Hence likely. */
export const resourceTypeMissing: Rule = {
  id: "resource-type-missing",
  check({ token, fields, expected }) {
    if (expected.kind !== "serverless-cache" || fields.parameters.ResourceType) return nothing;
    const other = misspelt(token, "ResourceType");
    return [
      {
        likelihood: "likely",
        message: other
          ? `There is no ResourceType, but ${shown(other.name)}: names of parameters keep their case.`
          : "There is no ResourceType, which a token for a serverless cache has.",
        fix: "Sign ResourceType=ServerlessCache as a parameter.",
        parameter: "ResourceType",
        span: other ?? endSpan(token),
      },
    ];
  },
};
