import { CacheauthError, shown } from "../errors.ts";
import { checkUser } from "../target/names.ts";
import { finishTarget, type TargetDraft } from "../target/resolve-target.ts";
import type { Call } from "./command.ts";
import { regionMissing } from "./region-missing.ts";
import { draftOf, from, type TargetFlagValues, targetWords } from "./target-flags.ts";

/** What a call needs for a login of its own: whom to log in as, and the region that is signed for. */
export interface LoginCall extends Pick<Call<never>, "runtime" | "report" | "singleDash"> {
  readonly flags: Readonly<Record<"user-id" | "region" | "profile", string | undefined>>;
}

interface TargetCall extends Pick<Call<never>, "runtime" | "report" | "words"> {
  readonly flags: TargetFlagValues;
}

/** What the argument, else the flags, say of the target; -v tells how an endpoint was read. */
export async function readTarget({ flags, words, runtime, report }: TargetCall): Promise<TargetDraft> {
  const { origin, ...given } = targetWords(flags, words[0], runtime.host.env);
  const draft = from(origin, () => draftOf(given));
  await tellDecisions(draft, report);
  return draft;
}

export async function tellDecisions({ decisions }: TargetDraft, report: LoginCall["report"]): Promise<void> {
  for (const decision of decisions) await report.verbose("endpoint", decision);
}

/** The user: the flag, then CACHEAUTH_USER. A URL only suggests one. */
export function readUser({ flags, runtime }: LoginCall, draft: Pick<TargetDraft, "kind" | "userInUrl">): string {
  const variable = runtime.host.env["CACHEAUTH_USER"] || undefined;
  const user = flags["user-id"] ?? variable;
  if (user !== undefined) {
    // Before any credentials are asked for: nothing is signed for a user that cannot be.
    from(flags["user-id"] === undefined ? "CACHEAUTH_USER" : null, () => checkUser(draft.kind, user));
    return user;
  }
  // The user named default has no IAM: a URL that names it names nobody.
  const seen = draft.userInUrl === "default" ? null : draft.userInUrl;
  throw new CacheauthError(
    "user-missing",
    seen === null
      ? "No user: an endpoint does not tell whom to log in as."
      : `No user was given; the URL names ${shown(seen)}, which a flag must confirm.`,
    `Pass -u ${seen === null || seen.length > 40 ? "USER" : seen}, or set CACHEAUTH_USER.`,
  );
}

/** The target with its region: the flag, the endpoint, AWS_REGION, AWS_DEFAULT_REGION, then the profile's. */
export async function targetOf(call: LoginCall, draft: TargetDraft): Promise<ReturnType<typeof finishTarget>> {
  const { flags, runtime, report, singleDash } = call;
  const { env } = runtime.host;
  if (flags.region !== undefined || draft.region !== null) return finishTarget(draft, flags.region, undefined);
  // An endpoint with a code that is not known is in some region: whatever the surroundings say would be a guess.
  if (draft.regionCode !== null) throw regionMissing(draft, singleDash);
  for (const variable of ["AWS_REGION", "AWS_DEFAULT_REGION"]) {
    const region = env[variable];
    if (!region) continue;
    await report.verbose("region", `Region ${region}, from ${variable}.`);
    return from(variable, () => finishTarget(draft, undefined, region));
  }
  const { profileRegion } = await import("../aws/profiles.ts");
  const found = await profileRegion(runtime.host, flags.profile);
  if (found === null) throw regionMissing(draft, singleDash);
  await report.verbose("region", `Region ${found.region}, from profile ${found.profile}.`);
  return from(`profile ${found.profile}`, () => finishTarget(draft, undefined, found.region));
}
