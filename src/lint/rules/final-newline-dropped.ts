import { nothing, type Rule } from "../rule.ts";

export const finalNewlineDropped: Rule = {
  id: "final-newline-dropped",
  check({ finalNewlineDropped }) {
    return finalNewlineDropped
      ? [
          {
            message: "stdin ended in a line ending, which was left out.",
            fix: "Nothing to do here; but a program that sends such text byte for byte sends the line ending too.",
          },
        ]
      : nothing;
  },
};
