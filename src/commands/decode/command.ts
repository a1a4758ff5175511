import type { Notice } from "../../errors.ts";
import type { Finding } from "../../findings/finding.ts";
import type { FindingId } from "../../findings/ids.ts";
import { nothingExpected } from "../../lint/expected.ts";
import { decodedNothing, decodedOf } from "../../lint/judgement.ts";
import { lint } from "../../lint/lint.ts";
import { defineCommand, type Flags } from "../command.ts";
import { readTokenInput, tokenInputFlags } from "../token-input.ts";
import { decodeText } from "./text.ts";

const flags = {
  ...tokenInputFlags,
  "show-secrets": { takes: "switch", about: "print the signature and the session token" },
} as const satisfies Flags;

/** What keeps a token from being read whole. */
const stopping: ReadonlySet<FindingId> = new Set([
  "empty",
  "not-a-token",
  "truncated",
  "fragment",
  "bad-percent-encoding",
  "name-missing",
  "credential-missing",
  "credential-malformed",
  "date-missing",
  "date-malformed",
  "expires-missing",
  "expires-malformed",
]);

/** What was taken off before it was read. */
const takenOff: ReadonlySet<FindingId> = new Set([
  "unwrapped",
  "surrounding-whitespace",
  "embedded-whitespace",
  "quoted",
  "escaped",
  "scheme-prefix",
  "url-unescaped",
]);

export const decode = defineCommand({
  name: "decode",
  summary: "what is inside a token, in words, with the time it has left",
  words: ["TOKEN"],
  flags,
  exits: [0, 1, 2, 70],
  examples: [
    ["a token in a variable", "cacheauth decode --token-env REDISCLI_AUTH"],
    ["a token that is piped in, as JSON", "cacheauth decode --json < token.txt"],
  ],
  async run({ runtime, report, flags, words, at }) {
    const { bytes, finalNewlineDropped, notices } = await readTokenInput(flags, words[0], runtime);
    const { subject, findings, isToken } = lint({
      bytes,
      expected: nothingExpected,
      at: at ?? runtime.host.now(),
      finalNewlineDropped,
    });
    const stopped = findings.find(({ rule }) => stopping.has(rule)) ?? null;
    const answer = {
      ...(isToken ? decodedOf(subject, flags["show-secrets"]) : decodedNothing(subject)),
      stopped,
      notices: [...notices, ...findings.filter(({ rule }) => takenOff.has(rule)).map(noticeOf)],
    };
    await report.tell(answer, (value, paper) => decodeText(value, paper, runtime.host.localTime));
    return stopped === null ? 0 : 1;
  },
});

function noticeOf({ rule, message }: Finding): Notice {
  return { code: rule, message };
}
