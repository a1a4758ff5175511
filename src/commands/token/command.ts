import { CacheauthError } from "../../errors.ts";
import { checkExpiresIn } from "../../token/create-token.ts";
import { defineCommand } from "../command.ts";
import { planToken } from "../own-token.ts";
import { tokenFlags } from "./flags.ts";
import { tokenText } from "./text.ts";

export const token = defineCommand({
  name: "token",
  summary: "a token on stdout, for AUTH as USER, or kept fresh in a file",
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
    [
      "in a file that is always good, until it is stopped",
      "cacheauth token master.my-cache.abc123.use1.cache.amazonaws.com -u my-user --output ./token --watch",
    ],
  ],
  async run(call) {
    const { runtime, report, flags } = call;
    const at = call.at ?? runtime.host.now();
    const expiresIn = readSeconds(flags["expires-in"]);
    const { output, every, format } = flags;
    // What only files and formats need is not loaded for a plain token: it is measured.
    if (flags.watch || (output ?? every ?? flags["on-refresh"] ?? flags["status-file"]) !== undefined) {
      const { tokenInFile } = await import("./token-in-file.ts");
      return tokenInFile(call, expiresIn);
    }
    const formatText = format === undefined ? undefined : await formatOf(format, report.json);
    const own = await planToken(call, expiresIn);
    formatText?.check(own.target);
    const made = await own.make(await own.findCredentials(), at);
    await report.answer(made, formatText === undefined ? tokenText : (token) => formatText.line(token));
    return 0;
  },
});

async function formatOf(format: string, json: boolean) {
  if (json) {
    throw new CacheauthError(
      "flag-conflict",
      "--json is a format of its own, and --format says another.",
      "Drop --format; or name a file with --output, and --json tells of it.",
    );
  }
  const { readFormat } = await import("./format.ts");
  return readFormat(format);
}

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
