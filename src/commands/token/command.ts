import { CacheauthError } from "../../errors.ts";
import { draftTarget } from "../../target/resolve-target.ts";
import { checkExpiresIn, createTokenAt } from "../../token/create-token.ts";
import { defineCommand } from "../command.ts";
import { credentialWords, describeCredentials, findCredentials } from "../credential-flags.ts";
import { readUser, targetOf } from "../login-target.ts";
import { from, targetWords } from "../target-flags.ts";
import { tokenFlags } from "./flags.ts";
import { tokenText } from "./text.ts";

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
