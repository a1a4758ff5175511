/** What cli.ts says of words that it cannot place, with the nearest right one. */
import type { Command, Flag, Flags } from "./commands/command.ts";
import { CacheauthError, shown } from "./errors.ts";

export async function unknownCommand(given: string, commands: readonly string[]): Promise<CacheauthError> {
  const names = [...commands, "help"];
  const word = given.split(/[=:]/, 1)[0] ?? "";
  if (anyDash.test(word)) {
    return new CacheauthError(
      "command-unknown",
      `The flag ${shown(word)} stands where a command belongs.`,
      `Write the command first, such as cacheauth token ENDPOINT -u USER. Commands: ${names.join(", ")}.`,
    );
  }
  if (word.includes(".")) {
    return new CacheauthError(
      "command-unknown",
      "No command was given: the first word looks like an endpoint.",
      "Write the command first: cacheauth token ENDPOINT -u USER.",
    );
  }
  const near = await nearest(word, names);
  return new CacheauthError(
    "command-unknown",
    `There is no command ${shown(word)}.`,
    near === undefined
      ? `Commands: ${names.join(", ")}. See cacheauth --help.`
      : `Did you mean ${near}? See cacheauth --help.`,
  );
}

export async function unknownVerb(given: string, command: string, verbs: readonly string[]): Promise<CacheauthError> {
  const word = given.split(/[=:]/, 1)[0] ?? "";
  if (anyDash.test(word)) {
    return new CacheauthError(
      "command-unknown",
      `The flag ${shown(word)} stands where a verb of cacheauth ${command} belongs.`,
      `Write the verb first: cacheauth ${command} ${verbs.join("|")}.`,
    );
  }
  const near = await nearest(word, verbs);
  return new CacheauthError(
    "command-unknown",
    `cacheauth ${command} has no verb ${shown(word)}.`,
    `${near === undefined ? `Verbs: ${verbs.join(", ")}.` : `Did you mean ${near}?`} See cacheauth ${command} --help.`,
  );
}

/** Of what was written, the name alone is shown: what follows it may be a secret. */
export async function unknownFlag(word: string, command: string, flags: Flags): Promise<CacheauthError> {
  const written = word.split(/[=:\s]/, 1)[0] ?? "";
  const name = written.replace(anyDash, "");
  const other = Object.hasOwn(elsewhere, name) ? elsewhere[name] : undefined;
  if (other && Object.hasOwn(flags, other.where)) {
    return new CacheauthError("flag-unknown", `cacheauth ${command} has no flag ${shown(written)}.`, other.hint);
  }
  const names = Object.entries(flags).flatMap(([flag, { alias }]) => (alias === undefined ? [flag] : [flag, alias]));
  const near = name.length > 1 ? await nearest(name, names) : undefined;
  return new CacheauthError(
    "flag-unknown",
    `cacheauth ${command} has no flag ${shown(written)}.`,
    near === undefined ? `See cacheauth ${command} --help.` : `Did you mean --${near}?`,
  );
}

/** Flags of redis-cli and valkey-cli, and what takes their place where a command has the flag `where`. */
const elsewhere: Readonly<Record<string, { readonly where: string; readonly hint: string }>> = {
  cacert: { where: "ca", hint: "Did you mean --ca?" },
  tls: { where: "no-tls", hint: "Leave it out: TLS is on unless --no-tls turns it off." },
  port: { where: "endpoint", hint: "Write the port behind the host: HOST:PORT." },
};

/** Also those that a word processor makes of two. */
const anyDash = /^[-\u2010-\u2015\u2212]+/;

/** The value is not repeated, unless it can only be a port: it may be a secret in the wrong place. */
export function surplusArgument(command: Command, surplus: string): CacheauthError {
  const { words } = command;
  const count = words.length === 1 ? "one argument" : "two arguments";
  const takes = words.length === 0 ? "no argument" : `${count}, ${words.join(" and ")}, and more were given`;
  if (words[0] === "ENDPOINT" && /^\d{1,5}$/.test(surplus)) {
    const hint = `Write the port behind the host: HOST:${surplus}.`;
    return new CacheauthError("argument-unexpected", `cacheauth ${command.name} takes ${takes}.`, hint);
  }
  if ("check" in command.flags && surplus.endsWith(".json")) {
    const hint = "The file of a policy to be judged stands right behind --check.";
    return new CacheauthError("argument-unexpected", `cacheauth ${command.name} takes ${takes}.`, hint);
  }
  return new CacheauthError(
    "argument-unexpected",
    `cacheauth ${command.name} takes ${takes}.`,
    command.rest !== undefined
      ? `Put ${command.rest} behind --, and a value right behind its flag.`
      : "If it belongs to a flag, put it right behind that flag; if it has spaces in it, quote it.",
  );
}

async function nearest(word: string, names: readonly string[]): Promise<string | undefined> {
  if (word.length > 40) return undefined;
  const { closest, distance } = await import("fastest-levenshtein");
  const lower = word.toLowerCase();
  const sure = names.find((name) => word.length > 2 && (name.startsWith(word) || isSwapped(lower, name)));
  if (sure !== undefined) return sure;
  const near = closest(lower, names);
  return distance(lower, near) <= Math.max(1, Math.floor(Math.max(word.length, near.length) / 3)) ? near : undefined;
}

/** Two neighbours that changed places: two edits by Levenshtein's count, but one slip of the fingers. */
function isSwapped(word: string, name: string): boolean {
  if (word.length !== name.length) return false;
  const at = [...name].findIndex((char, index) => char !== word[index]);
  return at >= 0 && `${name.slice(0, at)}${name[at + 1]}${name[at]}${name.slice(at + 2)}` === word;
}

export function valueMissing(name: string, flag: Flag): CacheauthError {
  return new CacheauthError(
    "flag-value-missing",
    `--${name} needs a value.`,
    `Write --${name} ${flag.value ?? "VALUE"}; a value that begins with a dash needs --${name}=VALUE.`,
  );
}

/** As getopt would take it; but then a mistyped long flag behind one dash would be a value too. */
export function flagUnspaced(letter: string, flag: Flag): CacheauthError {
  return new CacheauthError(
    "flag-value-missing",
    `-${letter} and what follows it are one word.`,
    `Write the value apart: -${letter} ${flag.value ?? "VALUE"}.`,
  );
}

export function switchValue(name: string): CacheauthError {
  return new CacheauthError(
    "flag-value-invalid",
    `--${name} takes no value.`,
    `Write --${name} alone, or leave it out.`,
  );
}
