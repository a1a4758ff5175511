import { CacheauthError, shown } from "../errors.ts";
import type { TargetDraft } from "../target/resolve-target.ts";

/** The error for a region that nobody named. */
export function regionMissing({ regionCode }: Pick<TargetDraft, "regionCode">, dropsDefault: boolean): CacheauthError {
  const seen =
    regionCode === null
      ? "No region: not in --region, an endpoint, AWS_REGION, AWS_DEFAULT_REGION or the profile."
      : `The region code ${shown(regionCode)} in the endpoint is not known, and no flag, variable or profile names the region.`;
  const old = dropsDefault ? " (generate-cache-auth-token's default, ap-northeast-1, is not kept.)" : "";
  return new CacheauthError("region-missing", seen, `Pass --region REGION, such as --region us-east-1.${old}`);
}
