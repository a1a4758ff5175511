/** A shell that is typed into: one command after the other, each with what it said and its exit code. */
import { type Running, withRunning } from "../running.ts";

interface Said {
  /** Both streams, as on a terminal. */
  readonly text: string;
  readonly code: number;
}

export interface Shell {
  type(command: string): Promise<Said>;
  /** For what runs until it is stopped: stopped as by Ctrl-C once `isThere` of what it said, or of the file that it writes. */
  typeAndStop(command: string, isThere: (text: string) => boolean, file: string | null): Promise<Said>;
}

const done = /([\s\S]*?)\n--- (\d+) ---\n/;
const askDone = `printf '\\n--- %s ---\\n' "$?"\n`;

export function withShell(
  options: { readonly env: Readonly<Record<string, string | undefined>>; readonly cwd: string },
  use: (shell: Shell) => Promise<void>,
): Promise<void> {
  return withRunning({ name: "bash", command: ["bash"] }, [], options, (running) => {
    // What the shell itself says, too.
    running.child.stdin?.write("exec 2>&1\n");
    return use({
      async type(command) {
        // Nothing is typed into it: a program that reads finds the end at once.
        running.child.stdin?.write(`{ ${command}\n} </dev/null\n${askDone}`);
        return ended(running, "");
      },
      async typeAndStop(command, isThere, file) {
        // In the place of the shell that is started for it, so that the signal is for itself.
        running.child.stdin?.write(`{ exec ${command}\n} </dev/null &\n`);
        let text = "";
        if (file !== null) {
          running.child.stdin?.write(`until [ -s '${file}' ] || ! kill -0 $!; do :; done; printf '\\n--- 0 ---\\n'\n`);
          ({ text } = await ended(running, ""));
        }
        while (!isThere(text)) text += await more(running, text);
        running.child.stdin?.write(`kill -INT $!; wait $!; ${askDone}`);
        const { code } = await ended(running, text);
        return { text, code };
      },
    });
  });
}

/** What it says next; it has ten seconds. */
async function more(running: Running, before: string): Promise<string> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const limit = setTimeout(() => reject(new Error(`what is shown has not come until now: ${before}`)), 10_000);
  try {
    return (await Promise.race([running.until("stdout", /[\s\S]+/), late]))[0];
  } finally {
    clearTimeout(limit);
  }
}

async function ended(running: Running, before: string): Promise<Said> {
  const [, text = "", code] = await running.until("stdout", done);
  return { text: before + text, code: Number(code) };
}
