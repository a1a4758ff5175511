import { definitionList, wrap } from "./wrap.ts";

/** Renders help from what commands say of themselves; the shapes are those of commands/command.ts. */

export interface HelpFlag {
  readonly value?: string;
  readonly short?: string;
  readonly alias?: string;
  readonly about: string;
  readonly group?: string;
}

type HelpFlags = Readonly<Record<string, HelpFlag>>;

/** What commands and groups of them have. */
interface HelpHead {
  readonly name: string;
  readonly summary: string;
  readonly exits: readonly number[];
  readonly exitNote?: string;
  readonly examples: readonly (readonly [about: string, line: string])[];
}

export interface HelpCommand extends HelpHead {
  readonly words: readonly string[];
  readonly least?: number;
  readonly rest?: string;
  readonly flags: HelpFlags;
}

type Rows = readonly (readonly [name: string, summary: string])[];

export const exitCodes = [
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

export const signalNote = "128 + N where signal N stopped it.";

export function overview(commands: Rows, flags: HelpFlags, columns: number): string {
  const width = Math.min(columns, 100);
  const examples = [
    ["a token, to log in with", "cacheauth token master.my-cache.abc123.use1.cache.amazonaws.com -u my-user"],
    ["why it is refused", "cacheauth lint --token-env REDISCLI_AUTH"],
  ] as const;
  return sections([
    wrap("cacheauth: IAM authentication tokens for Amazon ElastiCache and MemoryDB", width),
    exampleBlock(examples, width),
    block("Commands", [definitionList(commands, width)]),
    block("Flags of every command", [flagList(flags, width)]),
    wrap("cacheauth COMMAND --help tells more.", width),
    exitBlock(
      exitCodes.map(([code]) => Number(code)),
      width,
      signalNote,
    ),
  ]);
}

/** The verbs of a command that has them. */
export function verbsHelp(group: HelpHead, verbs: Rows, flags: HelpFlags, columns: number): string {
  const width = Math.min(columns, 100);
  return sections([
    wrap(`cacheauth ${group.name}: ${group.summary}`, width),
    exampleBlock(group.examples, width),
    block("Usage", [`  cacheauth ${group.name} VERB [FLAGS]`]),
    block("Verbs", [definitionList(verbs, width)]),
    block("Flags of every command", [`  ${wrap(names(flags), width - 2, 2)}`]),
    wrap(`cacheauth ${group.name} VERB --help tells more.`, width),
    exitBlock(group.exits, width),
  ]);
}

/** On one screen, if it has 50 lines of 80 characters: two examples, and of the flags in groups the names alone; whole, all of it. */
export function commandHelp(command: HelpCommand, everyCommand: HelpFlags, columns: number, isWhole: boolean): string {
  const width = Math.min(columns, 100);
  const { name, summary, flags, examples, exits, exitNote } = command;
  const own = Object.fromEntries(Object.entries(flags).filter(([, { group }]) => group === undefined));
  const groups: (readonly [title: string, flags: HelpFlags])[] = [...groupsOf(flags), ["Every command", everyCommand]];
  return sections([
    wrap(`cacheauth ${name}: ${summary}`, width),
    exampleBlock(isWhole ? examples : examples.slice(0, 2), width),
    block("Usage", [`  ${usageLine(command)}`]),
    ...(Object.keys(own).length > 0 ? [block("Flags", [flagList(own, width)])] : []),
    ...(isWhole
      ? groups.map(([title, flags]) => block(`Flags: ${title.toLowerCase()}`, [flagList(flags, width)]))
      : [moreFlags(name, groups, width)]),
    exitBlock(exits, width, exitNote),
  ]);
}

export function usageLine({ name, words, least = 0, rest }: HelpCommand): string {
  const all = words.map((word, index) => (index < least ? ` ${word}` : ` [${word}]`)).join("");
  return `cacheauth ${name}${all} [FLAGS]${rest === undefined ? "" : ` [-- ${rest}]`}`;
}

/** The flags that stand under a heading, in the order in which the headings come. */
export function groupsOf(flags: HelpFlags): readonly (readonly [title: string, flags: HelpFlags])[] {
  const titles = [...new Set(Object.values(flags).flatMap(({ group }) => group ?? []))];
  return titles.map((title) => [
    title,
    Object.fromEntries(Object.entries(flags).filter(([, { group }]) => group === title)),
  ]);
}

/** A flag as it is written: all its names, and what stands for its value. */
export function flagTerm(name: string, { short, alias, value }: HelpFlag): string {
  const all = [
    ...(short === undefined ? [] : [`-${short}`]),
    ...(alias === undefined ? [] : [`--${alias}`]),
    `--${name}`,
  ];
  return `${all.join(", ")}${value === undefined ? "" : ` ${value}`}`;
}

function moreFlags(
  name: string,
  groups: readonly (readonly [title: string, flags: HelpFlags])[],
  width: number,
): string {
  const title = wrap(`More flags (cacheauth ${name} --help -v explains each)`, width);
  return block(title, [
    definitionList(
      groups.map(([title, flags]) => [title, names(flags)] as const),
      width,
    ),
  ]);
}

function names(flags: HelpFlags): string {
  return Object.keys(flags)
    .map((name) => `--${name}`)
    .join(" ");
}

/** Each line of what it is for is a comment, for whoever pastes all of it into a shell. */
function exampleBlock(examples: HelpHead["examples"], width: number): string {
  return block(
    "Examples",
    examples.map(([about, line]) => `  # ${wrap(about, width - 4).replaceAll("\n", "\n  # ")}\n  ${line}`),
  );
}

function exitBlock(exits: readonly number[], width: number, note = ""): string {
  const codes = exitCodes.filter(([code]) => exits.includes(Number(code)));
  const lines =
    width < 60
      ? codes.map(([code, about]) => `  ${code.padEnd(4)}${wrap(about, width - 6, 6)}`)
      : [`  ${inOneParagraph(codes, width - 2)}`];
  return block("Exit codes", note === "" ? lines : [...lines, `  ${unbroken(note, width - 2)}`]);
}

function inOneParagraph(codes: Rows, width: number): string {
  const items = codes.map(([code, about]) => `${code} ${about}`.replaceAll(" ", "\u00a0"));
  return unbroken(items.join("\u00a0· "), width);
}

/** What belongs together, a code and what it says, is not broken: a space that wrap does not see. */
function unbroken(text: string, width: number): string {
  return wrap(text.replaceAll(" + ", "\u00a0+\u00a0"), width, 2).replaceAll("\u00a0", " ");
}

function flagList(flags: HelpFlags, width: number): string {
  const rows = Object.entries(flags).map(([name, flag]) => [flagTerm(name, flag), flag.about] as const);
  return definitionList(rows, width);
}

function block(title: string, lines: readonly string[]): string {
  return `${title}\n${lines.join("\n")}`;
}

function sections(parts: readonly string[]): string {
  return `${parts.join("\n\n")}\n`;
}
