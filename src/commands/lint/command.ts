import { judgementOf } from "../../lint/judgement.ts";
import { lint as lintBytes } from "../../lint/lint.ts";
import { repairedOf } from "../../lint/repair.ts";
import { defineCommand, type Flags } from "../command.ts";
import { expectedFlags, expectedOf } from "../expected-flags.ts";
import { lintText } from "../judgement-text.ts";
import { readTokenInput, tokenInputFlags } from "../token-input.ts";
import { unrepairedText } from "./text.ts";

const flags = {
  ...tokenInputFlags,
  ...expectedFlags,
  strict: { takes: "switch", about: "warnings count as errors" },
  fix: { takes: "switch", about: "print the token, repaired where only its wrapping is wrong" },
} as const satisfies Flags;

export const lint = defineCommand({
  name: "lint",
  summary: "what is wrong with a token, offline, without credentials",
  words: ["TOKEN"],
  flags,
  exits: [0, 1, 2, 70],
  examples: [
    ["a token in a variable", "cacheauth lint --token-env REDISCLI_AUTH"],
    [
      "a token that is piped in, compared with what it should be for",
      "cacheauth lint --endpoint master.my-cache.abc123.use1.cache.amazonaws.com -u my-user < token.txt",
    ],
  ],
  async run({ runtime, report, flags, words, at }) {
    const { expected, notices } = expectedOf(flags, runtime.host.env);
    const input = await readTokenInput(flags, words[0], runtime);
    const { bytes, finalNewlineDropped } = input;
    const result = lintBytes({ bytes, expected, at: at ?? runtime.host.now(), finalNewlineDropped });
    const judgement = { ...judgementOf(result, flags.strict), notices: [...notices, ...input.notices] };
    if (!flags.fix) {
      await report.tell(judgement, lintText);
      return judgement.ok ? 0 : 1;
    }
    const repaired = repairedOf(result, flags.strict);
    const answer = { ...judgement, repaired };
    if (repaired === null) {
      await report.tell(answer, unrepairedText, "stderr");
      return 1;
    }
    await report.answer(answer, ({ repaired }) => `${repaired}\n`);
    return 0;
  },
});
