import { CacheauthError } from "../../errors.ts";
import type { Call } from "../command.ts";

type SessionCall = Pick<Call<never>, "runtime" | "words" | "at">;

/** The profile: the argument, then AWS_PROFILE. */
export function profileArgument({ runtime, words, at }: SessionCall, verb: string): string {
  refuseAt(at);
  const profile = words[0] ?? (runtime.host.env["AWS_PROFILE"] || undefined);
  if (profile !== undefined) return profile;
  throw new CacheauthError(
    "argument-missing",
    "No profile is named.",
    `Write cacheauth session ${verb} PROFILE, or set AWS_PROFILE.`,
  );
}

/** Sessions begin and end by AWS's clock. */
export function refuseAt(at: Date | undefined): void {
  if (at === undefined) return;
  throw new CacheauthError(
    "flag-conflict",
    "--at does nothing here: sessions begin and end when they do.",
    "Leave --at out.",
  );
}
