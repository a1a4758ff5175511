import type { Paper } from "../terminal/report.ts";
import type { Step } from "../walk/step.ts";

/** Status, name and time with two spaces between and before them; `skipped` is the longest status. */
const [statusWidth, timeWidth] = [7, 9];

/**
 * A line for each step: how it ended, how long it took, and a bar that starts where the one before ended; behind it the
 * first finding of what did not go well. The bars fill what is left of the line; where that is too little for both, there
 * are no findings, then no bars, and where it is less, no gaps.
 */
export function waterfall(steps: readonly Step[], { colour, width }: Paper): string[] {
  const total = Math.max(0.001, ...steps.map(({ startedAtMs, durationMs }) => startedAtMs + durationMs));
  const nameWidth = Math.max(0, ...steps.map(({ name }) => name.length));
  const room = width - nameWidth - statusWidth - timeWidth - 8;
  const longest = Math.max(0, ...steps.map((step) => ruleOf(step).length));
  const hasRules = longest > 0 && room - longest - 2 >= 8;
  const columns = Math.min(40, hasRules ? room - longest - 2 : room);
  const isNarrow = columns < -2;
  const [indent, gap] = isNarrow ? ["", " "] : ["  ", "  "];
  const paint = {
    ok: colour.green,
    warn: colour.yellow,
    failed: colour.red,
    skipped: colour.dim,
    unknown: colour.yellow,
  };
  return steps.map((step) => {
    const { name, status, durationMs } = step;
    const label = paint[status](status.padEnd(statusWidth));
    if (status === "skipped") return `${indent}${label}${gap}${colour.dim(name)}`;
    const time = isNarrow ? milliseconds(durationMs).trim() : milliseconds(durationMs);
    const bar = columns < 8 ? "" : `${gap}${barOf(step, total, columns)}`;
    const rule = hasRules && ruleOf(step) !== "" ? `  ${paint[status](ruleOf(step))}` : "";
    return `${indent}${label}${gap}${name.padEnd(nameWidth)}${gap}${time}${bar}${rule}`.trimEnd();
  });
}

function ruleOf({ status, findings: [first] }: Step): string {
  return first && (status === "failed" || status === "warn") ? first.rule : "";
}

/** Every step that took any time has at least one character. */
function barOf({ startedAtMs, durationMs }: Step, total: number, columns: number): string {
  const start = Math.min(columns - 1, Math.floor((startedAtMs / total) * columns));
  const end = Math.min(columns, Math.max(start + 1, Math.round(((startedAtMs + durationMs) / total) * columns)));
  return " ".repeat(start) + "=".repeat(end - start);
}

/** Nine characters: `   1.23 ms`, `  12.3 ms`, ` 1,234 ms`. */
export function milliseconds(ms: number): string {
  const figure = ms >= 100 ? Math.round(ms).toLocaleString("en-US") : ms >= 10 ? ms.toFixed(1) : ms.toFixed(2);
  return `${figure} ms`.padStart(9);
}
