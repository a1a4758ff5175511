import { nothing, type Rule } from "../rule.ts";

export const finalNewlineDropped: Rule = {
  id: "final-newline-dropped",
  check({ finalNewlineDropped }) {
    return finalNewlineDropped
      ? [
          {
            message: "stdin ended in a line ending, which was left out.",
            fix: "Nothing to do here; a program that reads a file whole would send it: --token-file judges that.",
          },
        ]
      : nothing;
  },
};
