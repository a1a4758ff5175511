/** What a page says above a block of how it is carried out: `run: cache, exit 5`, `not run: REASON`. */
import type { Block } from "./blocks.ts";

interface HowToRun {
  readonly stages: readonly string[];
  /** Of the last command; all others end with 0. */
  readonly exit: number;
  /** The last command runs until it is stopped. */
  readonly isStopped: boolean;
}

/** What nobody carries out here, and why not. */
const reasons: readonly string[] = ["needs the npm registry", "CI carries it out", "needs every platform's runtime"];

/** Null where it is not run, for a reason that counts. */
export function howToRun({ page, line, mark }: Block): HowToRun | null {
  const at = `${page}:${line}`;
  if (mark?.kind === "not run") {
    if (!reasons.includes(mark.what))
      throw new Error(`${at}: ${mark.what} is no reason; there are: ${reasons.join("; ")}`);
    return null;
  }
  if (mark !== null && mark.kind !== "run")
    throw new Error(`${at}: a session is marked with run, not with ${mark.kind}`);
  const words = mark === null ? [] : mark.what.split(",").map((word) => word.trim());
  const exit = words.map((word) => /^exit (\d+)$/.exec(word)?.[1]).find((code) => code !== undefined);
  const stages = words.filter((word) => !/^(exit \d+|background|plain)$/.test(word));
  return { stages, exit: Number(exit ?? 0), isStopped: words.includes("background") };
}
