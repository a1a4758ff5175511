import { credentialSpan, nothing, type Rule } from "../rule.ts";
import { shownValue } from "../shown-value.ts";

export const regionMismatch: Rule = {
  id: "region-mismatch",
  check({ fields, expected }) {
    const region = fields.credential?.region;
    if (region === undefined || expected.region === null || region === expected.region) return nothing;
    return [
      {
        message: `The token is signed for ${shownValue(region)}, but the cache is in ${expected.region}.`,
        fix: `Sign for ${expected.region}: the region is the cache's, not that of the program or its AWS_REGION.`,
        parameter: "X-Amz-Credential",
        span: credentialSpan(fields, 2),
      },
    ];
  },
};
