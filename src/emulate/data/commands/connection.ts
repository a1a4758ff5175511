import { array, bulk, type RespValue, simple } from "../../../resp/value.ts";
import { authInMulti } from "../../auth-in-multi.ts";
import { type Command, type Run, type SessionState, word } from "../command.ts";
import { needInteger } from "../numbers.ts";
import { Refused } from "../refused.ts";
import { client } from "./client.ts";

const ping: Run = (words, session) => {
  if (words.length > 2) throw new Refused("ERR wrong number of arguments for 'ping' command");
  const said = words[1];
  if (session.connection.resp() === 2 && isSubscribed(session)) return array([bulk("pong"), bulk(said ?? "")]);
  return said ? bulk(said) : simple("PONG");
};

function isSubscribed({ subscriptions }: SessionState): boolean {
  return subscriptions.count("channel") + subscriptions.count("pattern") + subscriptions.count("shard") > 0;
}

const select: Run = (words, session) => {
  const number = needInteger(word(words, 1));
  if (session.server.cluster && number !== 0n) throw new Refused("ERR SELECT is not allowed in cluster mode");
  if (number < 0n || number >= session.store.keyspaces.length) throw new Refused("ERR DB index is out of range");
  session.keyspaceNumber = Number(number);
  return simple("OK");
};

/** Queued in a transaction, where the connection does not answer them. */
const authenticate: Run = ([name]) => {
  throw new Refused(authInMulti(name ? String.fromCharCode(...name).toUpperCase() : ""));
};

const entry = "noscript loading stale fast no_auth allow_busy";

export const connectionCommands: readonly Command[] = [
  {
    name: "ping",
    arity: -1,
    flags: "fast",
    categories: "connection",
    tips: "request_policy:all_shards response_policy:all_succeeded",
    run: ping,
  },
  {
    name: "echo",
    arity: 2,
    flags: "loading stale fast",
    categories: "connection",
    run: (words): RespValue => bulk(word(words, 1)),
  },
  { name: "select", arity: 2, flags: "loading stale fast", categories: "connection", run: select },
  { name: "auth", arity: -2, flags: entry, categories: "connection", run: authenticate },
  { name: "hello", arity: -1, flags: entry, categories: "connection", run: authenticate },
  { name: "quit", arity: -1, flags: entry, categories: "connection", run: () => simple("OK") },
  { name: "reset", arity: 1, flags: entry, categories: "connection", run: () => simple("RESET") },
  client,
];
