import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cleanEnv, type Program, withDirectory } from "./program.ts";

export interface OnTerminal {
  readonly status: number;
  /** All that the terminal showed: stderr, and what was echoed. */
  readonly screen: string;
  /** stdout, which went to a file. */
  readonly out: string;
}

/**
 * Runs the program on a terminal of its own (util-linux's script), with stdout in a file. The keys are typed when it
 * has asked; afterwards the terminal's modes are shown, so that one left in raw mode is seen.
 */
export function onTerminal(
  program: Program,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  keys: string,
): Promise<OnTerminal> {
  return withDirectory(async (directory) => {
    const out = join(directory, "out");
    const words = [...program.command, ...args].map((word) => `'${word}'`).join(" ");
    const after =
      'set -- $(stty -a | tr \';\' \' \'); for m in icanon echo; do case " $* " in *" $m "*) l="$l $m";; esac; done; echo TERMINAL$l';
    const child = spawn(
      "script",
      ["--quiet", "--return", "--command", `${words} > ${out}; s=$?; ${after}; exit $s`, "/dev/null"],
      {
        env: { ...cleanEnv(directory), ...env, SHELL: "/bin/bash" },
        timeout: 30_000,
      },
    );
    let screen = "";
    let typed = false;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      screen += text;
      if (typed || !screen.includes(": ")) return;
      typed = true;
      child.stdin.write(keys);
    });
    const status = await new Promise<number>((resolve) => child.on("close", (code) => resolve(code ?? -1)));
    return { status, screen, out: readFileSync(out, "utf8") };
  });
}
