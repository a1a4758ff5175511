import { meantValue } from "../../token/fields.ts";
import { nothing, type Rule, valueSpan } from "../rule.ts";
import { shownValue } from "../shown-value.ts";

export const resourceTypeWrong: Rule = {
  id: "resource-type-wrong",
  check({ fields }) {
    const parameter = fields.parameters.ResourceType;
    const value = meantValue(parameter);
    if (!parameter || value === "ServerlessCache") return nothing;
    return [
      {
        message: `ResourceType is ${shownValue(value)}; the only value is ServerlessCache.`,
        fix: "Sign ResourceType=ServerlessCache for a serverless cache, and no ResourceType for anything else.",
        parameter: "ResourceType",
        span: valueSpan(parameter),
      },
    ];
  },
};
