import { looksLikeSecret } from "./access-key.ts";

/**
 * Whether a value that is no secret by its name may be shown: not if it is longer than any such value is, looks like a
 * secret key, or has swallowed another parameter, as where an & was lost.
 */
export function isShowable(value: string): boolean {
  return value.length <= 100 && !/amz-|signature|token|=/i.test(value) && !looksLikeSecret(value);
}
