import { array, bulk, integer, nothing } from "../../../resp/value.ts";
import { fromByteString, lowerCase } from "../byte-string.ts";
import type { Command, Run, SessionState, Words } from "../command.ts";
import { describe } from "../command-info.ts";
import { findCommand, hasArity } from "../find-command.ts";
import { keysOf } from "../redirection.ts";
import { Refused, syntaxError } from "../refused.ts";

const all: Run = (_, { commands }) => array([...commands.values()].map(describe));

const commandInfo: Run = (words, session) => {
  if (words.length === 2) return all(words, session);
  return array(
    words.slice(2).map((name) => {
      const command = session.commands.get(lowerCase(name));
      return command ? describe(command) : nothing;
    }),
  );
};

const commandList: Run = (words, { commands }) => {
  if (words.length > 2) throw new Refused(syntaxError);
  return array([...commands.keys()].map((name) => bulk(name)));
};

/** Where the keys are of a command that is not run. */
const getKeys: Run = (words, { commands }) => {
  const command = namedIn(commands, words.slice(2));
  if (!hasArity(command, words.length - 2)) throw new Refused("ERR Invalid number of arguments specified for command");
  if (!command.keys) throw new Refused("ERR The command has no key arguments");
  return array(keysOf(command, words.slice(2)).map((key) => bulk(fromByteString(key))));
};

function namedIn(commands: SessionState["commands"], words: Words): Command {
  try {
    return findCommand(commands, words);
  } catch (refused) {
    throw refused instanceof Refused && /unknown/.test(refused.message)
      ? new Refused("ERR Invalid command specified")
      : refused;
  }
}

const open = "loading stale";
const unordered = "nondeterministic_output_order";

/** What is built in. Of COMMAND DOCS redis-cli has its own, which it uses where a server has none. */
export const commandCommand: Command = {
  name: "command",
  arity: -1,
  flags: open,
  categories: "connection",
  tips: unordered,
  run: all,
  subcommands: [
    {
      name: "command|count",
      arity: 2,
      flags: open,
      categories: "connection",
      run: (_, { commands }) => integer(commands.size),
    },
    { name: "command|info", arity: -2, flags: open, categories: "connection", tips: unordered, run: commandInfo },
    { name: "command|getkeys", arity: -4, flags: open, categories: "connection", run: getKeys },
    { name: "command|list", arity: -2, flags: open, categories: "connection", tips: unordered, run: commandList },
  ],
};
