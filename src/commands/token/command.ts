import { CacheauthError, shown } from "../../errors.ts";
import { checkUser } from "../../target/names.ts";
import { draftTarget, finishTarget, regionMissing, type TargetDraft } from "../../target/resolve-target.ts";
import { checkExpiresIn, createTokenAt } from "../../token/create-token.ts";
import { type Call, defineCommand } from "../command.ts";
import { credentialWords, describeCredentials, findCredentials } from "../credential-flags.ts";
import { from, targetWords } from "../target-flags.ts";
import { tokenFlags } from "./flags.ts";
import { tokenText } from "./text.ts";

type TokenCall = Call<typeof tokenFlags>;

export const token = defineCommand({
  name: "token",
  summary: "a token on stdout, for AUTH as USER",
  words: ["ENDPOINT"],
  flags: tokenFlags,
  exits: [0, 2, 3, 70],
  examples: [
    [
      "everything but the user is read off the endpoint",
      "cacheauth token master.my-cache.abc123.use1.cache.amazonaws.com -u my-user",
    ],
    [
      "by name, with what it is for and when it ends",
      "cacheauth token --memorydb-cluster my-cluster -r eu-west-1 -u my-user --json",
    ],
  ],
  async run(call) {
    const { runtime, report, flags } = call;
    const { host, hash } = runtime;
    const at = call.at ?? host.now();
    const expiresIn = readSeconds(flags["expires-in"]);
    const { origin, ...words } = targetWords(flags, call.words[0], host.env);
    const draft = from(origin, () => draftTarget(words));
    for (const decision of draft.decisions) await report.verbose("endpoint", decision);
    const user = readUser(call, draft);
    const { target, notices } = await targetOf(call, draft);
    const credentials = await findCredentials(credentialWords(flags, target.region, runtime), runtime, report);
    const allNotices = [...draft.notices, ...notices, ...credentials.notices];
    const made = await createTokenAt({ target, user, credentials, at, expiresIn, notices: allNotices }, hash);
    await report.verbose("credentials", describeCredentials(credentials));
    await report.answer(made, tokenText);
    return 0;
  },
});

function readSeconds(text: string | undefined): number {
  if (text === undefined) return 900;
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(seconds)) {
    throw new CacheauthError(
      "expires-in-invalid",
      "--expires-in is not a whole number of seconds.",
      "Give whole seconds from 1 to 900.",
    );
  }
  checkExpiresIn(seconds);
  return seconds;
}

function readUser({ flags, runtime }: TokenCall, draft: TargetDraft): string {
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

async function targetOf(call: TokenCall, draft: TargetDraft): Promise<ReturnType<typeof finishTarget>> {
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
  const { profileRegion } = await import("../../aws/profiles.ts");
  const found = await profileRegion(runtime.host, flags.profile);
  if (found === null) throw regionMissing(draft, singleDash);
  await report.verbose("region", `Region ${found.region}, from profile ${found.profile}.`);
  return from(`profile ${found.profile}`, () => finishTarget(draft, undefined, found.region));
}
