import { array, bulk, integer, map, type RespValue, simple } from "../../../resp/value.ts";
import { fromByteString } from "../byte-string.ts";
import { type Command, type Run, type SessionState, word } from "../command.ts";
import { needInteger } from "../numbers.ts";
import { Refused } from "../refused.ts";
import type { ClusterFacts, ClusterNode } from "../server-facts.ts";
import { slotCount, slotOf } from "../slots.ts";
import { keyAt } from "../values.ts";
import { verbatim } from "../verbatim.ts";

function clusterOf({ server }: SessionState): ClusterFacts {
  if (!server.cluster) throw new Refused("ERR This instance has cluster support disabled");
  return server.cluster;
}

const info: Run = (_, session) => {
  const { nodes, self } = clusterOf(session);
  return verbatim(
    [
      "cluster_state:ok",
      `cluster_slots_assigned:${slotCount}`,
      `cluster_slots_ok:${slotCount}`,
      "cluster_slots_pfail:0",
      "cluster_slots_fail:0",
      `cluster_known_nodes:${nodes.length}`,
      `cluster_size:${nodes.length}`,
      `cluster_current_epoch:${nodes.length}`,
      `cluster_my_epoch:${self + 1}`,
      "cluster_stats_messages_sent:0",
      "cluster_stats_messages_received:0",
    ]
      .map((line) => `${line}\r\n`)
      .join(""),
  );
};

/** There is no bus between the nodes, so its port is 0, as the server writes what it does not know. */
const nodes: Run = (_, session) => {
  const { nodes, self } = clusterOf(session);
  const lines = nodes.map(({ id, host, port, slots: [first, last] }, place) => {
    const flags = place === self ? "myself,master" : "master";
    return `${id} ${host}:${port}@0 ${flags} - 0 0 ${place + 1} connected ${first === last ? first : `${first}-${last}`}\n`;
  });
  return verbatim(lines.join(""));
};

const slots: Run = (_, session) =>
  array(
    clusterOf(session).nodes.map(({ id, host, port, slots: [first, last] }) =>
      array([integer(first), integer(last), array([bulk(host), integer(port), bulk(id), map([])])]),
    ),
  );

const shards: Run = (_, session) => {
  const shardOf = (node: ClusterNode): RespValue =>
    map([
      [bulk("slots"), array(node.slots.map(integer))],
      [
        bulk("nodes"),
        array([
          map([
            [bulk("id"), bulk(node.id)],
            [bulk(session.server.isTls ? "tls-port" : "port"), integer(node.port)],
            [bulk("ip"), bulk(node.host)],
            [bulk("endpoint"), bulk(node.host)],
            [bulk("role"), bulk("master")],
            [bulk("replication-offset"), integer(0)],
            [bulk("health"), bulk("online")],
          ]),
        ]),
      ],
    ]);
  return array(clusterOf(session).nodes.map(shardOf));
};

const myid: Run = (_, session) => {
  const { nodes, self } = clusterOf(session);
  return bulk(nodes[self]?.id ?? "");
};

const keyslot: Run = (words, session) => {
  clusterOf(session);
  return integer(slotOf(keyAt(words, 2)));
};

const countKeysInSlot: Run = (words, session) => {
  clusterOf(session);
  const slot = needInteger(word(words, 2));
  if (!isSlot(slot)) throw new Refused("ERR Invalid slot");
  return integer(keysInSlot(session, Number(slot)).length);
};

const getKeysInSlot: Run = (words, session) => {
  clusterOf(session);
  const [slot, most] = [needInteger(word(words, 2)), needInteger(word(words, 3))];
  if (!isSlot(slot) || most < 0n) throw new Refused("ERR Invalid slot or number of keys");
  const keys = keysInSlot(session, Number(slot)).slice(0, Number(most));
  return array(keys.map((key) => bulk(fromByteString(key))));
};

function isSlot(slot: bigint): boolean {
  return slot >= 0n && slot < slotCount;
}

function keysInSlot({ keyspace }: SessionState, slot: number): string[] {
  return [...keyspace.keys()].filter((key) => slotOf(key) === slot);
}

/** Of nodes that have no replicas and move no slots there is nothing to allow. */
const allow: Run = (_, session) => {
  clusterOf(session);
  return simple("OK");
};

function subcommand(name: string, arity: number, run: Run, tips?: string): Command {
  return { name: `cluster|${name}`, arity, flags: "stale", categories: "", run, ...(tips && { tips }) };
}

const changing = "nondeterministic_output";

export const clusterCommands: readonly Command[] = [
  {
    name: "cluster",
    arity: -2,
    flags: "",
    categories: "",
    subcommands: [
      subcommand("info", 2, info, changing),
      subcommand("nodes", 2, nodes, changing),
      subcommand("slots", 2, slots, changing),
      subcommand("shards", 2, shards, changing),
      subcommand("myid", 2, myid),
      subcommand("keyslot", 3, keyslot),
      subcommand("countkeysinslot", 3, countKeysInSlot),
      subcommand("getkeysinslot", 4, getKeysInSlot, changing),
    ],
  },
  { name: "readonly", arity: 1, flags: "loading stale fast", categories: "connection", run: allow },
  { name: "readwrite", arity: 1, flags: "loading stale fast", categories: "connection", run: allow },
  { name: "asking", arity: 1, flags: "fast", categories: "connection", run: allow },
];
