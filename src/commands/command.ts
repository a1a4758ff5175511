import type { Runtime } from "../runtime.ts";
import type { Report } from "../terminal/report.ts";

/** What a command is: its face as data, and what it does. cli.ts reads the face; the parser is known there alone. */

export interface Flag {
  /** `text` takes a value, `list` one each time that it is given, `switch` none. */
  readonly takes: "text" | "list" | "switch";
  /** What stands for the value in the help: USER, SECONDS. */
  readonly value?: string;
  /** One letter. */
  readonly short?: string;
  /** Another name for the same flag. */
  readonly alias?: string;
  readonly about: string;
  /**
   * What a shell offers for the value: these, or the names of variables. Files, folders, profiles and regions are known by
   * what stands for the value: FILE, DIR, PROFILE, REGION.
   */
  readonly choices?: readonly string[] | "variables";
  /** The choices are parts of the value: behind each comma, or behind the equals sign. */
  readonly choicesBehind?: "," | "=";
  /** The heading that the whole help has it under; the short one only names those that have one. */
  readonly group?: string;
}

export type Flags = Readonly<Record<string, Flag>>;

/** The flags as they were given: text or undefined for `text`, all texts for `list`, true or false for `switch`. */
type FlagValues<F extends Flags> = { readonly [Name in keyof F]: FlagValue<F[Name]["takes"]> };

type FlagValue<Takes> = Takes extends "text" ? string | undefined : Takes extends "list" ? readonly string[] : boolean;

export interface Call<F extends Flags> {
  readonly runtime: Runtime;
  readonly report: Report;
  readonly flags: FlagValues<F>;
  /** The arguments that are no flags: at most as many as the command names. */
  readonly words: readonly string[];
  /** What stands behind `--`, where the command has a name for it; null where there is no `--`. */
  readonly rest: readonly string[] | null;
  /** `--at`, or undefined: then the clock counts. */
  readonly at: Date | undefined;
  /** The flags were written with one dash, as for generate-cache-auth-token. */
  readonly singleDash: boolean;
}

export interface Command<F extends Flags = Flags> {
  readonly name: string;
  /** One line that ends the sentence "cacheauth NAME gives …". */
  readonly summary: string;
  /** Names of the arguments, such as ENDPOINT. */
  readonly words: readonly string[];
  /** How many of them it cannot do without; none if left out: a flag or a variable may say the same. */
  readonly least?: number;
  /** What the arguments may be, where that is known: whole, with spaces between them. */
  readonly phrases?: readonly string[];
  /** What stands for all that comes after `--`, where the command hands it on: COMMAND ARGS. */
  readonly rest?: string;
  readonly flags: F;
  /** The flags of every command that mean nothing to it: it says why, where they are given. */
  readonly refuses?: readonly ("json" | "at")[];
  /** The exit codes it can end with, for the help. */
  readonly exits: readonly number[];
  /** What else there is to say of them. */
  readonly exitNote?: string;
  /** Shown by --help: what it is for, then the command line. */
  readonly examples: readonly (readonly [about: string, line: string])[];
  /** Resolves to the exit code. */
  run(call: Call<F>): Promise<number>;
}

/** The same flags under a heading of the help. */
export function inGroup<const F extends Flags>(group: string, flags: F) {
  const entries = Object.entries(flags).map(([name, flag]) => [name, { ...flag, group }]);
  return Object.fromEntries(entries) as { [Name in keyof F]: F[Name] & { readonly group: string } };
}

/** Ties the types of the flags to those of `run`. */
export function defineCommand<const F extends Flags>(command: Command<F>): Command<F> {
  return command;
}
