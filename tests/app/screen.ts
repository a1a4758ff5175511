import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cleanEnv, type Program, withDirectory } from "./program.ts";

export interface Screen {
  /** Resolves when what the terminal was sent is like this. */
  until(pattern: RegExp): Promise<void>;
  /** All that it was sent by then. */
  readonly sent: string;
  /** Keys, as they are typed. */
  type(keys: string): void;
}

export interface OnScreen {
  readonly status: number;
  readonly sent: string;
  /** stdout, where it went to a file. */
  readonly out: string;
}

export interface ScreenOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  /** Where stdout goes as well: to the terminal, else to a file. */
  readonly stdout?: "terminal" | "file";
}

/** Runs the program on a terminal of its own (util-linux's script) while `use` looks at it and does what it does. */
export function onScreen(
  program: Program,
  args: readonly string[],
  { env = {}, columns = 80, stdout = "file" }: ScreenOptions,
  use: (screen: Screen) => Promise<void> = async () => {},
): Promise<OnScreen> {
  return withDirectory(async (directory) => {
    const out = join(directory, "out");
    const words = [...program.command, ...args].map((word) => `'${word}'`).join(" ");
    const command = `stty cols ${columns} rows 50; exec ${words}${stdout === "file" ? ` > ${out}` : ""}`;
    const child = spawn("script", ["--quiet", "--return", "--command", command, "/dev/null"], {
      env: { ...cleanEnv(directory), ...env, SHELL: "/bin/bash" },
      timeout: 30_000,
    });
    let sent = "";
    let looking: { readonly pattern: RegExp; readonly seen: () => void }[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      sent += text;
      for (const { pattern, seen } of looking) if (pattern.test(sent)) seen();
      looking = looking.filter(({ pattern }) => !pattern.test(sent));
    });
    const ended = new Promise<number>((resolve) => child.on("close", (code) => resolve(code ?? -1)));
    const screen: Screen = {
      until: (pattern) =>
        new Promise((resolve, reject) => {
          if (pattern.test(sent)) return resolve();
          looking.push({ pattern, seen: resolve });
          void ended.then(() => reject(new Error(`${pattern} was never on the screen: ${JSON.stringify(sent)}`)));
        }),
      get sent() {
        return sent;
      },
      type: (keys) => void child.stdin.write(keys),
    };
    try {
      await use(screen);
    } catch (error) {
      child.kill("SIGKILL");
      throw error;
    }
    const status = await ended;
    return { status, sent, out: existsSync(out) ? readFileSync(out, "utf8") : "" };
  });
}

/** What is left on the screen of so many columns, a line each: the few moves that the program makes are made. */
export function shownOn(sent: string): string[] {
  const lines: string[] = [""];
  let row = 0;
  for (const [piece] of sent.matchAll(/\u001b\[(\d*)([A-Za-z])|\r?\n|\r|[^\u001b\r\n]+/g)) {
    const [, count, move] = /^\u001b\[(\d*)([A-Za-z])$/.exec(piece) ?? [];
    if (move === "A") row = Math.max(0, row - Number(count || 1));
    else if (move === "J") lines.splice(row, lines.length, "");
    else if (/^\r?\n$/.test(piece)) {
      row += 1;
      if (row === lines.length) lines.push("");
    } else if (move === undefined && piece !== "\r") lines[row] = (lines[row] ?? "") + piece;
  }
  return lines;
}
