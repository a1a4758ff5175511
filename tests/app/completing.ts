import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cleanEnv, notRun, type Program, withDirectory } from "./program.ts";

/** A shell that completes, and what makes it tell of itself. Keys: Ctrl-T keeps the line as it is, and empties it. */
interface Shell {
  readonly name: string;
  /** Starts it on a terminal, with `rc` as the file that it reads first. */
  command(rc: string): string;
  /** Reads the script of `cacheauth completion`. */
  readonly load: string;
  /** Keeps the line in the file KEPT. */
  readonly keep: string;
  /** Prints the words of a line, each with a NUL behind it. */
  words(line: string): readonly string[];
}

const all: readonly Shell[] = [
  {
    name: "bash",
    command: (rc) => `bash --noprofile --rcfile '${rc}' -i`,
    load: "source <(cacheauth completion bash)",
    keep: `keep() { printf '%s\\0' "$READLINE_LINE" >> "$KEPT"; READLINE_LINE=; READLINE_POINT=0; }
      bind -x '"\\C-t": keep'; bind 'set bell-style none'; PS1='ready> '`,
    words: (line) => ["bash", "--norc", "-c", `cacheauth() { printf '%s\\0' "$@"; }; eval "$1"`, "bash", line],
  },
  {
    name: "zsh",
    command: (rc) => `ZDOTDIR='${rc}.d' zsh -d -i`,
    load: "source <(cacheauth completion zsh)",
    keep: `keep() { printf '%s\\0' "$BUFFER" >> "$KEPT"; BUFFER=; }
      zle -N keep; bindkey '^T' keep; unsetopt beep; PS1='ready> '`,
    words: (line) => ["zsh", "-f", "-c", `cacheauth() { printf '%s\\0' "$@" }; eval "$1"`, "zsh", line],
  },
  {
    name: "fish",
    command: (rc) => `fish --no-config --init-command "source '${rc}'"`,
    load: "cacheauth completion fish | source",
    keep: `function keep; printf '%s\\0' (commandline | string collect) >> $KEPT; commandline ''; end
      function fish_prompt; echo 'ready> '; end; function fish_greeting; end; bind \\ct keep; bind -k nul keep`,
    words: (line) => [
      "fish",
      "--no-config",
      "-c",
      `function cacheauth; printf '%s\\0' $argv; end; eval $argv[1]`,
      line,
    ],
  },
];

/** Those that are here. */
export const shells = all.filter(({ name }) => {
  const isHere = spawnSync(name, ["-c", "true"]).status === 0;
  if (!isHere) notRun(`completion in ${name}, which is not here`);
  return isHere;
});
notRun("completion in PowerShell, whose script is read as text alone");

export interface Typed {
  /** The lines as they stood after the keys. */
  readonly lines: readonly string[];
  /** All that the terminal showed. */
  readonly screen: string;
}

/** Types on a terminal of the shell's own; each text of keys ends in a line that is kept. `config` is the AWS file. */
export function typed(shell: Shell, program: Program, config: string, keys: readonly string[]): Promise<Typed> {
  return withDirectory(async (home) => {
    const kept = join(home, "kept");
    const rc = join(home, "rc");
    writeFileSync(rc, `${shell.load}\n${shell.keep}\n`);
    mkdirSync(`${rc}.d`);
    writeFileSync(`${rc}.d/.zshrc`, readFileSync(rc));
    mkdirSync(join(home, ".aws"));
    writeFileSync(join(home, ".aws/config"), config);
    writeFileSync(join(home, "a file.txt"), "");
    mkdirSync(join(home, "a folder"));
    const bin = join(home, "bin");
    mkdirSync(bin);
    writeFileSync(
      join(bin, "cacheauth"),
      `#!/bin/sh\nexec ${program.command.map((word) => `'${word}'`).join(" ")} "$@"\n`,
    );
    chmodSync(join(bin, "cacheauth"), 0o755);
    const env = { ...cleanEnv(home), PATH: `${bin}:${process.env["PATH"] ?? ""}`, KEPT: kept, TERM: "xterm" };
    const child = spawn("script", ["--quiet", "--return", "--command", shell.command(rc), "/dev/null"], {
      cwd: home,
      env: { ...env, SHELL: "/bin/sh", LC_ALL: "C.UTF-8" },
      timeout: 60_000,
    });
    let screen = "";
    let isTyped = false;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      screen += text;
      if (isTyped || !screen.includes("ready> ")) return;
      isTyped = true;
      child.stdin.write(`${keys.map((line) => `${line}\u0014`).join("")}exit\r`);
    });
    await new Promise((resolve) => child.on("close", resolve));
    const lines = existsSync(kept) ? readFileSync(kept, "utf8").split("\0").slice(0, -1) : [];
    return { lines, screen };
  });
}

/** The words that the shell takes a line for, the program's name left out. */
export function wordsOf(shell: Shell, line: string): readonly string[] {
  const [command = "", ...args] = shell.words(line);
  const { stdout } = spawnSync(command, args, { encoding: "utf8", env: cleanEnv("/nonexistent") });
  return stdout.split("\0").slice(0, -1);
}
