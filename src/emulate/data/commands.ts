import type { Command } from "./command.ts";
import { clusterCommands } from "./commands/cluster.ts";
import { connectionCommands } from "./commands/connection.ts";
import { expiry } from "./commands/expiry.ts";
import { hashes } from "./commands/hashes.ts";
import { keyCommands } from "./commands/keys.ts";
import { lists } from "./commands/lists.ts";
import { publishing } from "./commands/publishing.ts";
import { serverCommands } from "./commands/server.ts";
import { sets } from "./commands/sets.ts";
import { strings } from "./commands/strings.ts";
import { transactions } from "./commands/transactions.ts";

/** What is built in, by name. */
export const commands: ReadonlyMap<string, Command> = new Map(
  [
    connectionCommands,
    strings,
    keyCommands,
    expiry,
    hashes,
    lists,
    sets,
    transactions,
    publishing,
    serverCommands,
    clusterCommands,
  ]
    .flat()
    .map((command) => [command.name, command]),
);
