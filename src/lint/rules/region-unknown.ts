import { findRegionCode, isKnownRegion } from "../../target/regions.ts";
import { credentialSpan, nothing, type Rule } from "../rule.ts";
import { shownValue } from "../shown-value.ts";

export const regionUnknown: Rule = {
  id: "region-unknown",
  check({ fields, expected }) {
    const region = fields.credential?.region;
    if (region === undefined || isKnownRegion(region) || region === expected.region) return nothing;
    const meant = findRegionCode(region)?.[1] ?? /^([a-z]{2}(?:-[a-z]+)+-\d)[a-z]$/.exec(region)?.[1];
    return [
      {
        message:
          meant === undefined
            ? `The token is signed for ${shownValue(region)}, which is no region that cacheauth knows.`
            : `The token is signed for ${shownValue(region)}, which is ${findRegionCode(region) ? "the short code of" : "a zone of"} ${meant}, not a region.`,
        fix: meant === undefined ? "Check its spelling; a region looks like us-east-1." : `Sign for ${meant}.`,
        likelihood: meant === undefined ? "possible" : "likely",
        parameter: "X-Amz-Credential",
        span: credentialSpan(fields, 2),
      },
    ];
  },
};
