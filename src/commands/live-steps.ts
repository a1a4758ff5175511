import type { Io } from "../runtime.ts";
import { createColour } from "../terminal/colour.ts";
import type { Report } from "../terminal/report.ts";
import type { Step } from "../walk/step.ts";
import { milliseconds, waterfall } from "./waterfall.ts";

/** What the waterfall needs without its bars. */
const narrowest = 29;

export interface Live {
  show(steps: readonly Step[], underWay: string | null): void;
  /** Takes away what was drawn, and waits until all is written. */
  clear(): Promise<void>;
}

/** The stages as they end, a line each: what -v asks for. */
export function createLines(report: Report): Live {
  let told = 0;
  let written: Promise<void> = Promise.resolve();
  return {
    show(steps) {
      for (const { name, status, durationMs } of steps.slice(told)) {
        const line = `${name}: ${status}${status === "skipped" ? "" : `, ${milliseconds(durationMs).trim()}`}.`;
        written = written.then(() => report.verbose("stage", line));
      }
      told = steps.length;
    },
    clear: () => written,
  };
}

/** The stages as they happen, on the terminal behind stderr: drawn anew at each, and taken away for the answer. */
export function createLive(io: Io): Live {
  let drawn = 0;
  let written: Promise<void> = Promise.resolve();
  const erase = () => (drawn === 0 ? "" : `\u001b[${drawn}A\u001b[J`);
  const write = (text: string) => {
    written = written.then(() => io.stderr(text));
  };
  return {
    show(steps, underWay) {
      // A line that the terminal wraps would be two, and what is erased would be too little.
      const width = Math.min(io.columns - 1, 100);
      // Credentials may ask for an MFA code on the same terminal.
      if (underWay === "credentials" || underWay === null || width < narrowest) return;
      const lines = [...waterfall(steps, { colour: createColour(false), width }), `  ...      ${underWay}`];
      write(`${erase()}${lines.join("\n")}\n`);
      drawn = lines.length;
    },
    async clear() {
      write(erase());
      drawn = 0;
      await written;
    },
  };
}
