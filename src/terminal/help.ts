import { definitionList, wrap } from "./wrap.ts";

/** Renders help from what commands say of themselves; the shapes are those of commands/command.ts. */

interface HelpFlag {
  readonly value?: string;
  readonly short?: string;
  readonly alias?: string;
  readonly about: string;
}

interface HelpCommand {
  readonly name: string;
  readonly summary: string;
  readonly words: readonly string[];
  readonly rest?: string;
  readonly flags: Readonly<Record<string, HelpFlag>>;
  readonly exits: readonly number[];
  readonly examples: readonly (readonly [about: string, line: string])[];
}

const exitCodes = [
  ["0", "fine"],
  ["1", "findings"],
  ["2", "usage"],
  ["3", "credentials or AWS configuration"],
  ["4", "network"],
  ["5", "the server refused authentication"],
  ["70", "a bug in cacheauth"],
  ["126", "the command cannot be executed"],
  ["127", "there is no such command"],
] as const;

export function overview(
  commands: readonly (readonly [name: string, summary: string])[],
  flags: Readonly<Record<string, HelpFlag>>,
  columns: number,
): string {
  const width = Math.min(columns, 100);
  return sections([
    wrap("cacheauth: IAM authentication tokens for Amazon ElastiCache and MemoryDB", width),
    block("Examples", [
      "  cacheauth token master.my-cache.abc123.use1.cache.amazonaws.com -u my-user",
      "  cacheauth lint --token-env REDISCLI_AUTH   # why is it refused?",
    ]),
    block("Commands", [definitionList(commands, width)]),
    block("Flags of every command", [flagList(flags, width)]),
    block("Exit codes", [definitionList(exitCodes, width)]),
    wrap("cacheauth COMMAND --help tells more.", width),
  ]);
}

/** The verbs of a command that has them. */
export function verbsHelp(
  name: string,
  summary: string,
  verbs: readonly (readonly [name: string, summary: string])[],
  flags: Readonly<Record<string, HelpFlag>>,
  columns: number,
): string {
  const width = Math.min(columns, 100);
  return sections([
    wrap(`cacheauth ${name}: ${summary}`, width),
    block("Usage", [`  cacheauth ${name} VERB [FLAGS]`]),
    block("Verbs", [definitionList(verbs, width)]),
    block("Flags of every command", [flagList(flags, width)]),
    wrap(`cacheauth ${name} VERB --help tells more.`, width),
  ]);
}

export function commandHelp(
  command: HelpCommand,
  everyCommand: Readonly<Record<string, HelpFlag>>,
  columns: number,
): string {
  const width = Math.min(columns, 100);
  const words = command.words.map((word) => ` [${word}]`).join("");
  const rest = command.rest === undefined ? "" : ` [-- ${command.rest}]`;
  return sections([
    wrap(`cacheauth ${command.name}: ${command.summary}`, width),
    block("Usage", [`  cacheauth ${command.name}${words} [FLAGS]${rest}`]),
    block(
      "Examples",
      command.examples.map(([about, line]) => `  # ${wrap(about, width - 4, 4)}\n  ${line}`),
    ),
    ...(Object.keys(command.flags).length > 0 ? [block("Flags", [flagList(command.flags, width)])] : []),
    block("Flags of every command", [flagList(everyCommand, width)]),
    block("Exit codes", [
      definitionList(
        exitCodes.filter(([code]) => command.exits.includes(Number(code))),
        width,
      ),
    ]),
  ]);
}

function flagList(flags: Readonly<Record<string, HelpFlag>>, width: number): string {
  const rows = Object.entries(flags).map(([name, { short, alias, value, about }]) => {
    const names = [
      ...(short === undefined ? [] : [`-${short}`]),
      ...(alias === undefined ? [] : [`--${alias}`]),
      `--${name}`,
    ];
    return [`${names.join(", ")}${value === undefined ? "" : ` ${value}`}`, about] as const;
  });
  return definitionList(rows, width);
}

function block(title: string, lines: readonly string[]): string {
  return `${title}\n${lines.join("\n")}`;
}

function sections(parts: readonly string[]): string {
  return `${parts.join("\n\n")}\n`;
}
