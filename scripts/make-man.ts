/**
 * Writes scripts/release/cacheauth.1, the manual page, out of what the commands say of themselves. With --check it only compares.
 * Usage: bun scripts/make-man.ts [--check]
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { commands, everyCommand } from "../src/cli-commands.ts";
import type { Command } from "../src/commands/command.ts";
import { exitCodes, flagTerm, groupsOf, type HelpFlag, signalNote, usageLine } from "../src/terminal/help.ts";
import { wrap } from "../src/terminal/wrap.ts";
import { version } from "../src/version.ts";

type HelpFlags = Readonly<Record<string, HelpFlag>>;

/** Of the version: the page of a commit is always the same. */
const date = "2026-11-26";
const file = join(dirname(import.meta.dirname), "scripts/release/cacheauth.1");

const variables = [
  ["CACHEAUTH_ENDPOINT", "the target, where none is given"],
  ["CACHEAUTH_USER", "the user, where none is given"],
  ["CACHEAUTH_HOME", "the folder of sessions, instead of those below"],
  ["AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN", "the keys to sign with, unless a profile is named"],
  ["AWS_PROFILE, AWS_REGION, AWS_DEFAULT_REGION", "as for every AWS tool"],
  ["AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE", "other files than those below"],
  ["AWS_CA_BUNDLE, AWS_ENDPOINT_URL, HTTPS_PROXY, NO_PROXY", "how AWS is reached"],
  ["NO_COLOR, FORCE_COLOR", "whether what is shown has colours"],
] as const;

const places = [
  ["~/.aws/config, ~/.aws/credentials", "the profiles; cacheauth never writes them"],
  ["~/.config/cacheauth/sessions.json", "how MFA sessions are made; below XDG_CONFIG_HOME where that is set"],
  [
    "~/.local/state/cacheauth/credentials",
    "the sessions, in a copy of your credentials; below XDG_STATE_HOME where that is set",
  ],
  ["~/Library/Application Support/cacheauth", "both of them, on macOS"],
] as const;

/** The commands and verbs that can be called, in the order of the help. */
async function callable(): Promise<readonly Command[]> {
  const all: Command[] = [];
  for (const entry of Object.values(commands)) {
    if (!("verbs" in entry)) all.push(await entry.load());
    else for (const verb of Object.values(await entry.verbs())) all.push(await verb.load());
  }
  return all;
}

async function page(): Promise<string> {
  const all = await callable();
  /** Told once, for they are the same wherever they are. */
  const credentials = groupsOf(all.find(({ name }) => name === "token")?.flags ?? {});
  const lines = [
    '.\\" Made by scripts/make-man.ts from what the commands say of themselves.',
    `.TH CACHEAUTH 1 ${date} "cacheauth ${version}" "User Commands"`,
    // No word is broken and no line stretched: both get in the way of what is copied.
    ".nh",
    ".ad l",
    ".SH NAME",
    "cacheauth \\- IAM authentication tokens for Amazon ElastiCache and MemoryDB",
    ".SH SYNOPSIS",
    `${bold("cacheauth")} ${italic("COMMAND")} [${italic("ARGUMENTS")}] [${italic("FLAGS")}]`,
    ".SH DESCRIPTION",
    text(
      "A cache with IAM takes a token for a password: a request that is signed with your AWS credentials and good for 15 minutes. cacheauth makes such tokens, says what is wrong with one that is refused, tries the way to the cache and the login, and looks in AWS's records for the cause.",
    ),
    ".PP",
    text(
      "The answer goes to stdout, everything else to stderr. cacheauth COMMAND --help is this page's part in short.",
    ),
    ".SH COMMANDS",
    ...all.flatMap((command) =>
      chapter(
        command,
        credentials.map(([title]) => title),
      ),
    ),
    ...credentials.flatMap(([title, flags]) => [`.SH ${title.toUpperCase()}`, ...flagList(flags)]),
    ".SH FLAGS OF EVERY COMMAND",
    ...flagList(everyCommand),
    ".SH EXIT STATUS",
    ...exitCodes.flatMap(([code, about]) => tagged(bold(code), about)),
    ".PP",
    text(signalNote),
    ".SH ENVIRONMENT",
    ...variables.flatMap(([names, about]) => tagged(bold(names), about)),
    ".SH FILES",
    ...places.flatMap(([names, about]) => tagged(italic(names), about)),
    ".SH SEE ALSO",
    `${bold("valkey-cli")}(1), ${bold("redis-cli")}(1), ${bold("aws")}(1)`,
  ];
  return `${lines.join("\n")}\n`;
}

function chapter(command: Command, toldElsewhere: readonly string[]): readonly string[] {
  const { name, summary, flags, examples, exits, exitNote, refuses = [] } = command;
  const own: HelpFlags = Object.fromEntries(
    Object.entries<HelpFlag>(flags).filter(([, { group }]) => group === undefined || !toldElsewhere.includes(group)),
  );
  const elsewhere = groupsOf(flags).filter(([title]) => toldElsewhere.includes(title));
  return [
    `.SS ${usageLine(command).split(" ").map(escaped).join(" ")}`,
    text(`${summary[0]?.toUpperCase()}${summary.slice(1)}.`),
    ...flagList(own),
    ...elsewhere.flatMap(([title]) => [".PP", text(`And the flags of ${title.toUpperCase()}, below.`)]),
    ".PP",
    text("Examples:"),
    ...examples.flatMap(([about, line]) => [".PP", text(`${about}:`), ".PP", ".RS 4", ".nf", bold(line), ".fi", ".RE"]),
    ".PP",
    text(
      [
        `Exit codes: ${exits.join(", ")}.`,
        ...(exitNote === undefined ? [] : [exitNote]),
        ...(refuses.length > 0 ? [`${name} takes no ${refuses.map((flag) => `--${flag}`).join(" and no ")}.`] : []),
      ].join(" "),
    ),
  ];
}

function flagList(flags: HelpFlags): readonly string[] {
  return Object.entries(flags).flatMap(([name, flag]) => tagged(bold(flagTerm(name, flag)), flag.about));
}

function tagged(term: string, about: string): readonly string[] {
  return [".TP", term, text(about)];
}

function bold(words: string): string {
  return `\\fB${escaped(words)}\\fR`;
}

function italic(words: string): string {
  return `\\fI${escaped(words)}\\fR`;
}

/** A paragraph. A line that begins with a point would be a command. */
function text(words: string): string {
  return wrap(escaped(words), 76).replace(/^\./gm, "\\&.");
}

/** As it is to be read and copied: dashes stay dashes, quotes quotes. */
function escaped(words: string): string {
  return words
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll("'", "\\(aq")
    .replaceAll("`", "\\(ga")
    .replaceAll("^", "\\(ha")
    .replaceAll("~", "\\(ti")
    .replace(/[^\x20-\x7e]/gu, (char) => `\\[u${char.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}]`);
}

const made = await page();
if (process.argv.includes("--check")) {
  const same = existsSync(file) && readFileSync(file, "utf8") === made;
  console.log(same ? "manual page: in step" : "manual page: not in step; run bun scripts/make-man.ts");
  process.exitCode = same ? 0 : 1;
} else {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, made);
}
