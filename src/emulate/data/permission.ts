import type { Permissions } from "../../judge/access-string.ts";
import { allowsCommand } from "../../judge/allows-command.ts";
import { lowerCase, toByteString } from "./byte-string.ts";
import type { Command, Words } from "./command.ts";
import { categoriesOf } from "./command-info.ts";
import { matchesGlob } from "./glob.ts";
import { type KeyAccess, keyAccess } from "./key-access.ts";
import { keysOf } from "./redirection.ts";

interface Asked {
  readonly command: Command;
  /** Of a subcommand, the command that it belongs to. */
  readonly parent: Command | null;
  readonly words: Words;
}

/**
 * What redis-server 7.0 says to a user who may not run that; null where one of the permissions allows it. AUTH, HELLO, QUIT and
 * RESET are for all. Of several permissions the one that comes farthest says why not.
 */
export function refusedTo(permissions: readonly Permissions[], asked: Asked): string | null {
  let reason: Reason = "command";
  for (const one of permissions) {
    const refused = refusedBy(one, asked);
    if (refused === null) return null;
    if (order.indexOf(refused) > order.indexOf(reason)) reason = refused;
  }
  if (reason === "command") return `NOPERM this user has no permissions to run the '${asked.command.name}' command`;
  return `NOPERM this user has no permissions to access one of the ${reason}s used as arguments`;
}

const order = ["command", "key", "channel"] as const;
type Reason = (typeof order)[number];

function refusedBy(permissions: Permissions, { command, parent, words }: Asked): Reason | null {
  const flags = command.flags.split(" ");
  const argument = words[parent ? 2 : 1];
  const isAllowed =
    flags.includes("no_auth") ||
    allowsCommand(permissions, {
      name: command.name,
      categories: [...categoriesOf(command), ...(parent ? categoriesOf(parent) : [])],
      firstArgument: argument ? lowerCase(argument) : null,
    });
  if (!isAllowed) return "command";
  // The keys of commands for channels only say which slot it is.
  if (flags.includes("pubsub")) return channelsOf(command, words).every(isOpen(permissions)) ? null : "channel";
  const keys = keysOf(command, words);
  const mayTouch = (key: string, place: number) => allowsKey(permissions, key, keyAccess(command, words, place));
  return keys.every(mayTouch) ? null : "key";
}

function allowsKey({ keys }: Permissions, key: string, { reads, writes }: KeyAccess): boolean {
  return keys.some(
    ({ pattern, read, write }) => (read || !reads) && (write || !writes) && matchesGlob(bytes(pattern), key),
  );
}

interface Channel {
  readonly name: string;
  readonly isPattern: boolean;
}

/** A pattern of channels is allowed where it is named letter by letter. */
function isOpen({ channels }: Permissions): (channel: Channel) => boolean {
  return ({ name, isPattern }) =>
    channels === null ||
    channels.some((pattern) => (isPattern ? bytes(pattern) === name : matchesGlob(bytes(pattern), name)));
}

/** Whoever listens may always stop. */
function channelsOf({ name }: Command, words: Words): Channel[] {
  const named = { publish: 2, spublish: 2, subscribe: undefined, ssubscribe: undefined, psubscribe: undefined };
  if (!Object.hasOwn(named, name)) return [];
  const isPattern = name === "psubscribe";
  return words
    .slice(1, named[name as keyof typeof named])
    .map((channel) => ({ name: toByteString(channel), isPattern }));
}

/** A pattern as keys are kept: one character a byte. */
function bytes(pattern: string): string {
  return toByteString(new TextEncoder().encode(pattern));
}
