import { lowerCase, toByteString } from "./byte-string.ts";
import { type Command, type Words, word } from "./command.ts";
import { knownCommands, knownSubcommands } from "./known-commands.ts";
import { notBuiltIn, Refused } from "./refused.ts";

/** The command that these words name, or one of its subcommands. Throws Refused with redis-server's words where none is. */
export function findCommand(commands: ReadonlyMap<string, Command>, words: Words): Command {
  const name = lowerCase(word(words, 0));
  const command = commands.get(name);
  if (!command) throw new Refused(knownCommands.has(name) ? notBuiltIn(name.toUpperCase()) : unknownCommand(words));
  if (!command.subcommands || words.length < 2) return command;
  const full = `${name}|${lowerCase(word(words, 1))}`;
  const subcommand = command.subcommands.find((one) => one.name === full);
  if (subcommand) return subcommand;
  if (knownSubcommands.has(full)) throw new Refused(notBuiltIn(full.replace("|", " ").toUpperCase()));
  throw new Refused(
    oneLine(`ERR unknown subcommand '${asText(word(words, 1), most)}'. Try ${name.toUpperCase()} HELP.`),
  );
}

/** Whether so many words, the command's own included, are as many as it takes. */
export function hasArity({ arity }: Command, words: number): boolean {
  return arity > 0 ? words === arity : words >= -arity;
}

/** How many bytes of foreign words the server repeats. */
const most = 128;

function unknownCommand(words: Words): string {
  let rest = "";
  for (const argument of words.slice(1)) {
    if (rest.length >= most) break;
    rest += `'${asText(argument, most - rest.length)}' `;
  }
  return oneLine(`ERR unknown command '${asText(word(words, 0), most)}', with args beginning with: ${rest}`);
}

/** As the server's texts have it: up to a zero byte. */
function asText(bytes: Uint8Array, most: number): string {
  return toByteString(bytes.subarray(0, most)).split("\0")[0] ?? "";
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]/g, " ");
}
