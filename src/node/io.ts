/** The standard streams. */
import type { Io } from "../runtime.ts";
import { logLine } from "./log-line.ts";
import { readStdin } from "./stdin.ts";
import { isTerminal, look } from "./terminal.ts";
import { write } from "./write.ts";

export const nodeIo: Io = {
  stdout: (text) => write(1, text),
  stderr: (text) => write(2, text),
  log: logLine,
  readStdin,
  look,
  get stdinIsTerminal() {
    return isTerminal(0);
  },
  get stderrIsTerminal() {
    return isTerminal(2);
  },
  get columns() {
    const columns = isTerminal(1) ? process.stdout.columns : isTerminal(2) ? process.stderr.columns : 80;
    return columns > 0 ? columns : 80;
  },
  async promptSecret(question) {
    const { promptSecret } = await import("./prompt.ts");
    return promptSecret(question);
  },
};
