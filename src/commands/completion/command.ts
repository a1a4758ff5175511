import { CacheauthError, shown } from "../../errors.ts";
import { defineCommand } from "../command.ts";
import { bash } from "./bash.ts";
import { fish } from "./fish.ts";
import { powershell } from "./powershell.ts";
import { zsh } from "./zsh.ts";

const scripts: Readonly<Record<string, string>> = { bash, zsh, fish, powershell };
const shells = Object.keys(scripts);

export const completion = defineCommand({
  name: "completion",
  summary: "a script that lets bash, zsh, fish or powershell complete commands, flags and values",
  words: ["SHELL"],
  least: 1,
  phrases: shells,
  flags: {},
  refuses: ["json", "at"],
  exits: [0, 2, 70],
  examples: [
    ["bash, for good: in ~/.bashrc", 'eval "$(cacheauth completion bash)"'],
    ["zsh, for good: in ~/.zshrc, below compinit", "source <(cacheauth completion zsh)"],
    ["fish, for good", "cacheauth completion fish > ~/.config/fish/completions/cacheauth.fish"],
    ["PowerShell, for good: in $PROFILE", "cacheauth completion powershell | Out-String | Invoke-Expression"],
  ],
  async run({ runtime, report, words: [shell], at }) {
    if (report.json) throw refused("--json", "a script is no JSON");
    if (at !== undefined) throw refused("--at", "the script is the same at any time");
    const script = shell !== undefined && Object.hasOwn(scripts, shell) ? scripts[shell] : undefined;
    if (script === undefined) {
      throw new CacheauthError(
        shell === undefined ? "argument-missing" : "argument-unexpected",
        shell === undefined ? "No shell is named." : `There is no completion for ${shown(shell)}.`,
        `Name one of: ${shells.join(", ")}.`,
      );
    }
    await runtime.io.stdout(script);
    return 0;
  },
});

function refused(flag: string, why: string): CacheauthError {
  return new CacheauthError("flag-conflict", `completion takes no ${flag}: ${why}.`, `Drop ${flag}.`);
}
