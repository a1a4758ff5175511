import type { CommandRule } from "../judge/access-rules.ts";
import { readAccessString } from "../judge/access-string.ts";
import { knownCommands, knownSubcommands } from "./data/known-commands.ts";
import { inconsistent, malformed } from "./users-file-errors.ts";

interface Given {
  readonly enabled?: boolean | undefined;
  readonly access?: string | undefined;
}

/** Refuses what a server would not take for the access string of a user, and one that contradicts `enabled`. */
export function checkAccess(file: string, { enabled, access }: Given, index: number): void {
  if (access === undefined) return;
  const where = `In ${file}, users[${index}].access`;
  const { access: read, fault } = readAccessString(access, exists);
  if (fault) throw malformed(`${where} is no access string: in ${fault.place}, ${fault.what}.`, fault.fix);
  if (enabled === undefined || enabled === read.enabled) return;
  const says = /(^|\s)off(\s|$)/i.test(access) ? "says off" : "does not say on";
  if (enabled) {
    throw inconsistent(
      `${where} ${says}, but enabled is true.`,
      "Begin the access string with on, or leave enabled out.",
    );
  }
}

/** Commands of modules, which have a dot in their names, are many; subcommands are known of what is built in in part. */
function exists({ allow, of, name, argument }: CommandRule): boolean {
  if (of !== "command") return true;
  if (argument === null || (allow && !containers.has(name))) return knownCommands.has(name) || name.includes(".");
  return listed.has(name) ? knownSubcommands.has(`${name}|${argument}`) : containers.has(name);
}

const listed: ReadonlySet<string> = new Set([...knownSubcommands].map((name) => name.split("|", 1)[0] ?? ""));

/** The commands that have subcommands. */
const containers: ReadonlySet<string> = new Set([
  ...listed,
  ..."commandlog function latency memory module object script slowlog xgroup xinfo".split(" "),
]);
