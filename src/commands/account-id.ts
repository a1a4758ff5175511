import { CacheauthError } from "../errors.ts";

/** The account that --account-id names, hyphens left out; null where the flag is not given. */
export function accountIdOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const digits = text.replaceAll("-", "");
  if (/^\d{12}$/.test(digits)) return digits;
  throw new CacheauthError(
    "account-invalid",
    "--account-id is not the id of an AWS account.",
    "It has twelve digits; aws sts get-caller-identity prints it.",
  );
}
