/** What cli.ts answers where help is asked for, or a command is missing. */
import { commands, type Entry, everyCommand, everyCommandOf, type Group } from "./cli-commands.ts";
import type { Command } from "./commands/command.ts";
import type { Runtime } from "./runtime.ts";

/** With -v each flag is told of, and every example. */
export type Help = "none" | "short" | "whole";

export function helpAsked(options: readonly string[]): Help {
  if (!options.includes("--help") && !options.some((word) => /^-v*hv*$/.test(word))) return "none";
  return isVerbose(options) ? "whole" : "short";
}

export function isVerbose(options: readonly string[]): boolean {
  return options.includes("--verbose") || options.some((word) => word.startsWith("-") && /^-[a-z]*v[a-z]*$/.test(word));
}

export async function showOverview(runtime: Runtime, asked: boolean): Promise<number> {
  const { overview } = await import("./terminal/help.ts");
  const rows = Object.entries(commands).map(([name, { summary }]) => [name, summary] as const);
  const text = overview(rows, everyCommand, runtime.io.columns);
  await (asked ? runtime.io.stdout(text) : runtime.io.stderr(text));
  return asked ? 0 : 2;
}

/** Asked for, on stdout; else where a verb is missing. */
export async function showVerbs(
  { io }: Runtime,
  name: string,
  group: Group,
  verbs: Readonly<Record<string, Entry>>,
  asked: boolean,
): Promise<number> {
  const { verbsHelp } = await import("./terminal/help.ts");
  const rows = Object.entries(verbs).map(([verb, { summary }]) => [verb, summary] as const);
  const text = verbsHelp({ ...group, name }, rows, everyCommandOf(group), io.columns);
  await (asked ? io.stdout(text) : io.stderr(text));
  return asked ? 0 : 2;
}

export async function showHelp({ io }: Runtime, command: Command, help: "short" | "whole"): Promise<number> {
  const { commandHelp } = await import("./terminal/help.ts");
  return answerPlainly(io, commandHelp(command, everyCommandOf(command), io.columns, help === "whole"));
}

export async function answerPlainly(io: Runtime["io"], text: string): Promise<number> {
  await io.stdout(text);
  return 0;
}
