import { CacheauthError } from "../../errors.ts";
import { judgementOf } from "../../lint/judgement.ts";
import { type LintResult, lint } from "../../lint/lint.ts";
import { notVerified, type VerifyResult, verify as verifyResult, whyUnreadable } from "../../lint/verify.ts";
import { type Call, defineCommand, type Flags } from "../command.ts";
import { credentialFlags, credentialWords, describeCredentials, findCredentials } from "../credential-flags.ts";
import { expectedFlags, expectedOf } from "../expected-flags.ts";
import { readTokenInput, tokenInputFlags } from "../token-input.ts";
import { verifyText } from "./text.ts";

const flags = {
  ...tokenInputFlags,
  ...expectedFlags,
  strict: { takes: "switch", about: "warnings count as errors" },
  ...credentialFlags,
} as const satisfies Flags;

export const verify = defineCommand({
  name: "verify",
  summary: "lint, and the signature recomputed with the credentials at hand",
  words: ["TOKEN"],
  flags,
  exits: [0, 1, 2, 3, 70],
  examples: [
    ["with the keys in the environment", "cacheauth verify --token-env REDISCLI_AUTH"],
    [
      "with the credentials of a profile, compared with what it should be for",
      "cacheauth verify --profile prod --endpoint master.my-cache.abc123.use1.cache.amazonaws.com -u my-user < token.txt",
    ],
  ],
  async run(call) {
    const { runtime, report, flags, words, at } = call;
    const { expected, notices } = expectedOf(flags, runtime.host.env);
    const input = await readTokenInput(flags, words[0], runtime);
    const { bytes, finalNewlineDropped } = input;
    const linted = lint({ bytes, expected, at: at ?? runtime.host.now(), finalNewlineDropped });
    const { result, forWantOfCredentials } = await check(call, linted);
    const answer = {
      ...judgementOf(result, flags.strict),
      signature: result.signature,
      notices: [...notices, ...input.notices],
    };
    await report.tell(answer, verifyText);
    if (forWantOfCredentials) return 3;
    return answer.ok && answer.signature.status === "match" ? 0 : 1;
  },
});

/** Credentials are looked for only where there is a signature to check with them. */
async function check(
  { runtime, report, flags: given }: Call<typeof flags>,
  linted: LintResult,
): Promise<{ readonly result: VerifyResult; readonly forWantOfCredentials: boolean }> {
  const unreadable = whyUnreadable(linted);
  const { expected, fields } = linted.subject;
  const { env } = runtime.host;
  const region =
    expected.region ?? fields.credential?.region ?? (env["AWS_REGION"] || env["AWS_DEFAULT_REGION"] || "us-east-1");
  const words = credentialWords(given, region, runtime);
  if (unreadable !== null) return { result: notVerified(linted, unreadable), forWantOfCredentials: false };
  try {
    const credentials = await findCredentials(words, runtime, report);
    await report.verbose("credentials", describeCredentials(credentials));
    const result = verifyResult(linted, credentials, runtime.hash);
    const otherKey = result.findings.some(({ rule }) => rule === "access-key-mismatch");
    return { result, forWantOfCredentials: otherKey };
  } catch (error) {
    if (!(error instanceof CacheauthError) || error.exitCode !== 3) throw error;
    const reason = `There are no credentials to check it with: ${error.message} ${error.hint}`;
    return { result: notVerified(linted, reason), forWantOfCredentials: true };
  }
}
