import type { Judgement } from "../../lint/judgement.ts";
import { unrepairable } from "../../lint/repair.ts";
import type { Paper } from "../../terminal/report.ts";
import { wrap } from "../../terminal/wrap.ts";
import { lintText } from "../judgement-text.ts";

/** Why --fix printed no token: all that was found, and what of it no repair mends. */
export function unrepairedText(judgement: Judgement, paper: Paper): string {
  const left = unrepairable(judgement.findings);
  const errors = left.filter(({ severity }) => severity === "error");
  // Where there is no error, it is warnings that count.
  const worst = errors.length > 0 ? errors : left.filter(({ severity }) => severity === "warning");
  const ids = [...new Set(worst.map(({ rule }) => rule))];
  const which = `${ids.join(", ")} ${ids.length === 1 ? "is" : "are"}`;
  const why = `Nothing was repaired, and no token is printed: --fix takes away what only stands around a token, and ${which} no matter of that.`;
  return `${lintText(judgement, paper)}${wrap(why, paper.width)}\n`;
}
