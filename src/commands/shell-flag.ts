import { CacheauthError, shown } from "../errors.ts";
import type { Host } from "../runtime.ts";
import { type Shell, shells } from "../session/shell-lines.ts";
import type { Flag } from "./command.ts";

/** For whom lines are written that a person puts into a shell. */
export const shellFlag = {
  takes: "text",
  value: "SHELL",
  about: "sh (bash, zsh and others too), fish or powershell; sh if left out, on Windows powershell",
  choices: shells,
} as const satisfies Flag;

export function shellOf(given: string | undefined, { platform }: Pick<Host, "platform">): Shell {
  if (given === undefined) return platform === "win32" ? "powershell" : "sh";
  const shell = shells.find((shell) => shell === given);
  if (shell) return shell;
  throw new CacheauthError("flag-value-invalid", `--shell ${shown(given)} is unknown.`, `Say ${shells.join(", ")}.`);
}
