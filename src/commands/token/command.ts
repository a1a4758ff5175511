import { environmentCredentials, type FoundCredentials } from "../../aws/environment-credentials.ts";
import { CacheauthError } from "../../errors.ts";
import { draftTarget, finishTarget, regionMissing, type TargetDraft } from "../../target/resolve-target.ts";
import { checkExpiresIn, createTokenAt } from "../../token/create-token.ts";
import { formatTime } from "../../token/time.ts";
import { type Call, defineCommand } from "../command.ts";
import { tokenFlags } from "./flags.ts";
import { tokenText } from "./text.ts";

type TokenCall = Call<typeof tokenFlags>;

export const token = defineCommand({
  name: "token",
  summary: "a token on stdout, for AUTH as USER",
  words: ["ENDPOINT"],
  flags: tokenFlags,
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
    report.hide(flags["mfa-code"]);
    const draft = draftTarget(targetWords(call));
    for (const decision of draft.decisions) await report.verbose("endpoint", decision);
    const user = readUser(call, draft);
    const { target, notices } = await targetOf(call, draft);
    const credentials = await credentialsOf(call, target.region);
    report.hide(credentials.secretAccessKey);
    report.hide(credentials.sessionToken);
    await report.verbose("credentials", describe(credentials));
    const allNotices = [...draft.notices, ...notices, ...credentials.notices];
    const made = await createTokenAt({ target, user, credentials, at, expiresIn, notices: allNotices }, hash);
    await report.answer(made, tokenText(made));
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

function targetWords({ flags, words, runtime }: TokenCall): Parameters<typeof draftTarget>[0] {
  const [word] = words;
  const flag = flags.endpoint;
  if (word !== undefined && flag !== undefined && word !== flag) {
    throw new CacheauthError(
      "target-conflict",
      "The argument and --endpoint name two endpoints.",
      "Leave one of them.",
    );
  }
  const names = {
    replicationGroupId: flags["replication-group-id"],
    serverlessCacheName: flags["serverless-cache-name"],
    memorydbCluster: flags["memorydb-cluster"],
  };
  const anyName = Object.values(names).some((name) => name !== undefined);
  const fallback = anyName ? undefined : runtime.host.env["CACHEAUTH_ENDPOINT"] || undefined;
  return { endpoint: word ?? flag ?? fallback, ...names };
}

function readUser({ flags, runtime }: TokenCall, draft: TargetDraft): string {
  const user = flags["user-id"] ?? (runtime.host.env["CACHEAUTH_USER"] || undefined);
  if (user !== undefined) return user;
  const seen = draft.userInUrl;
  throw new CacheauthError(
    "user-missing",
    seen === null
      ? "No user: an endpoint does not tell whom to log in as."
      : `No user was given; the URL names ${seen}, which a flag must confirm.`,
    `Pass -u ${seen ?? "USER"}, or set CACHEAUTH_USER.`,
  );
}

async function targetOf(call: TokenCall, draft: TargetDraft): Promise<ReturnType<typeof finishTarget>> {
  const { flags, runtime, report, singleDash } = call;
  const { env } = runtime.host;
  if (flags.region !== undefined || draft.region !== null) return finishTarget(draft, flags.region, undefined);
  for (const variable of ["AWS_REGION", "AWS_DEFAULT_REGION"]) {
    const region = env[variable];
    if (!region) continue;
    await report.verbose("region", `Region ${region}, from ${variable}.`);
    return finishTarget(draft, undefined, region);
  }
  const { profileRegion } = await import("../../aws/shared-files.ts");
  const found = await profileRegion(runtime.host, flags.profile);
  if (found === null) throw regionMissing(draft, singleDash);
  await report.verbose("region", `Region ${found.region}, from profile ${found.profile}.`);
  return finishTarget(draft, undefined, found.region);
}

/** Keys in the environment come first and need no SDK; a profile or a role that is named comes before them. */
async function credentialsOf(call: TokenCall, region: string): Promise<FoundCredentials> {
  const { flags, runtime, report } = call;
  const { env } = runtime.host;
  const named = flags.profile ?? env["AWS_PROFILE"];
  const special = named || flags["role-arn"] || flags["mfa-serial"];
  const found = special ? null : environmentCredentials(env);
  if (found) return found;
  const { sdkCredentials } = await import("../../aws/credentials.ts");
  return sdkCredentials(
    {
      profile: flags.profile,
      roleArn: flags["role-arn"],
      roleSessionName: flags["role-session-name"],
      externalId: flags["external-id"],
      mfaSerial: flags["mfa-serial"],
      mfaCode: flags["mfa-code"],
      region,
    },
    runtime,
    report,
  );
}

function describe({ source, accessKeyId, expiration }: FoundCredentials): string {
  const end = expiration === undefined ? "no expiry known" : `they expire at ${formatTime(expiration)}`;
  return `Credentials from ${source}, access key ${accessKeyId}, ${end}.`;
}
