import { array, bulk, integer, map, type RespValue } from "../../../resp/value.ts";
import { lowerCase } from "../byte-string.ts";
import { type Command, type Run, type SessionState, word } from "../command.ts";
import { matchesGlob } from "../glob.ts";
import { infoText } from "../info.ts";
import { needInteger } from "../numbers.ts";
import { Refused } from "../refused.ts";
import { patternOf } from "../values.ts";
import { verbatim } from "../verbatim.ts";
import { commandCommand } from "./command.ts";

/** What is true of this server, among the names that redis-server has. */
function settings({ store, server }: SessionState): Readonly<Record<string, string>> {
  return {
    appendonly: "no",
    "cluster-enabled": server.cluster ? "yes" : "no",
    databases: String(server.cluster ? 1 : store.keyspaces.length),
    maxmemory: String(store.mostBytes),
    "maxmemory-policy": "noeviction",
    [server.isTls ? "tls-port" : "port"]: String(server.port),
    save: "",
  };
}

const configGet: Run = (words, session) => {
  const patterns = words.slice(2).map(patternOf);
  const found = Object.entries(settings(session)).flatMap(([name, value]) => {
    const pattern = patterns.find((pattern) => matchesGlob(pattern.toLowerCase(), name));
    if (pattern === undefined) return [];
    // Who names it in full gets the name as he wrote it.
    return [[bulk(pattern.toLowerCase() === name ? pattern : name), bulk(value)] as const];
  });
  return map(found);
};

const info: Run = (words, session) => verbatim(infoText(words.slice(1).map(lowerCase), session));

const time: Run = (_, { store }) => {
  const now = store.nowMs();
  const micros = Math.floor((now % 1000) * 1000);
  return array([bulk(String(Math.floor(now / 1000))), bulk(String(micros))]);
};

/** There are no replicas: whoever waits for one would wait to the end. */
const wait: Run = (words): RespValue => {
  needInteger(word(words, 1));
  const timeout = needInteger(word(words, 2), "ERR timeout is not an integer or out of range");
  if (timeout < 0n) throw new Refused("ERR timeout is negative");
  return integer(0);
};

const open = "loading stale";
const admin = "admin noscript loading stale";

export const serverCommands: readonly Command[] = [
  commandCommand,
  {
    name: "config",
    arity: -2,
    flags: "",
    categories: "",
    subcommands: [{ name: "config|get", arity: -3, flags: admin, categories: "", run: configGet }],
  },
  {
    name: "acl",
    arity: -2,
    flags: "",
    categories: "",
    subcommands: [
      {
        name: "acl|whoami",
        arity: 2,
        flags: "noscript loading stale",
        categories: "",
        run: (_, { connection }) => bulk(connection.user()),
      },
    ],
  },
  {
    name: "info",
    arity: -1,
    flags: open,
    categories: "dangerous",
    tips: "nondeterministic_output request_policy:all_shards response_policy:special",
    run: info,
  },
  {
    name: "role",
    arity: 1,
    flags: "noscript loading stale fast",
    categories: "admin dangerous",
    run: () => array([bulk("master"), integer(0), array([])]),
  },
  {
    name: "time",
    arity: 1,
    flags: "loading stale fast",
    categories: "",
    tips: "nondeterministic_output",
    run: time,
  },
  {
    name: "lastsave",
    arity: 1,
    flags: "loading stale fast",
    categories: "admin dangerous",
    tips: "nondeterministic_output",
    // Nothing is saved: as of a server that has not saved since it started.
    run: (_, { server }) => integer(Math.floor(server.startedAtMs / 1000)),
  },
  {
    name: "wait",
    arity: 3,
    flags: "noscript",
    categories: "connection",
    tips: "request_policy:all_shards response_policy:agg_min",
    run: wait,
  },
];
