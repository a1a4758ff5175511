import type { Permissions } from "./access-string.ts";

/** A command that somebody wants to run. */
export interface AskedCommand {
  /** `get`, `config|get`; in lower case. */
  readonly name: string;
  /** Without `@`, a subcommand's with those of its command. */
  readonly categories: readonly string[];
  /** In lower case; null where it has none. */
  readonly firstArgument: string | null;
}

/** Whether the rules for commands let it run: the last that is about it counts, and a command's is about its subcommands. */
export function allowsCommand({ commands }: Pick<Permissions, "commands">, asked: AskedCommand): boolean {
  const [command = "", subcommand = null] = asked.name.split("|");
  let isAllowed = false;
  let firstArguments: string[] = [];
  for (const { allow, of, name, argument } of commands) {
    const isNamed = of === "command" && name === command;
    if (isNamed && argument !== null && subcommand === null) {
      if (allow) firstArguments.push(argument);
      continue;
    }
    const isAbout =
      of === "all" ||
      (of === "category" && asked.categories.includes(name)) ||
      (isNamed && (argument === null || argument === subcommand));
    if (!isAbout) continue;
    isAllowed = allow;
    firstArguments = [];
  }
  return isAllowed || (asked.firstArgument !== null && firstArguments.includes(asked.firstArgument));
}
