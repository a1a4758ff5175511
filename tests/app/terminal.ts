import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cleanEnv, type Program, withDirectory } from "./program.ts";

export interface OnTerminal {
  readonly status: number;
  /** All that the terminal showed: stderr, and what was echoed. */
  readonly screen: string;
  /** stdout, which went to a file. */
  readonly out: string;
}

/** What is done each time that the program has asked: keys typed, or a signal sent. */
export type Deed = string | { readonly signal: NodeJS.Signals };

/**
 * Runs the program on a terminal of its own (util-linux's script), with stdout in a file. The next deed is done when it
 * has asked; afterwards the terminal's modes are shown, so that one left in raw mode is seen. Where the program is
 * stopped, the modes are shown too, and it goes on.
 */
export function onTerminal(
  program: Program,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  ...deeds: readonly Deed[]
): Promise<OnTerminal> {
  return withDirectory(async (directory) => {
    const out = join(directory, "out");
    const pid = join(directory, "pid");
    const words = [...program.command, ...args].map((word) => `'${word}'`).join(" ");
    const modes =
      'l=; set -- $(stty -a | tr \';\' \' \'); for m in icanon echo; do case " $* " in *" $m "*) l="$l $m";; esac; done; echo TERMINAL$l';
    // Job control only for a program that will be stopped: with it the shell ends as its child does.
    const stops = deeds.some((deed) => typeof deed === "string" && deed.includes("\u001a"));
    const script = `set ${stops ? "-m" : "+m"}; modes() { ${modes}; }
      sh -c 'echo $$ > ${pid}; exec "$@" > ${out}' sh ${words}; s=$?; modes
      if [ $s = 148 ]; then echo STOPPED; fg >/dev/null; s=$?; modes; fi; exit $s`;
    const child = spawn("script", ["--quiet", "--return", "--command", script, "/dev/null"], {
      env: { ...cleanEnv(directory), ...env, SHELL: "/bin/bash" },
      timeout: 30_000,
    });
    let screen = "";
    let seen = 0;
    const left = [...deeds];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      screen += text;
      const asked = screen.indexOf(": ", seen);
      if (asked < 0) return;
      const deed = left.shift();
      seen = asked + 2;
      if (typeof deed === "string") child.stdin.write(deed);
      else if (deed !== undefined) process.kill(Number(readFileSync(pid, "utf8")), deed.signal);
    });
    const status = await new Promise<number>((resolve) => child.on("close", (code) => resolve(code ?? -1)));
    return { status, screen, out: existsSync(out) ? readFileSync(out, "utf8") : "" };
  });
}
