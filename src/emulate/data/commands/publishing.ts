import { array, bulk, integer, nothing, type RespValue } from "../../../resp/value.ts";
import { fromByteString, toByteString } from "../byte-string.ts";
import { type Command, type Run, type SessionState, word } from "../command.ts";
import { matchesGlob } from "../glob.ts";
import type { SubscriptionKind } from "../hub.ts";
import { nodeNumber } from "../server-facts.ts";
import { keyAt, patternOf } from "../values.ts";

/** Patterns count with channels, channels of shards by themselves. */
function told(what: string, kind: SubscriptionKind, name: string | null, { subscriptions }: SessionState): RespValue {
  const count =
    kind === "shard" ? subscriptions.count("shard") : subscriptions.count("channel") + subscriptions.count("pattern");
  const named = name === null ? nothing : bulk(fromByteString(name));
  return { type: "push", items: [bulk(what), named, integer(count)] };
}

function subscribing(what: string, kind: SubscriptionKind): Run {
  return (words, session) =>
    words.slice(1).map((word) => {
      const name = kind === "pattern" ? patternOf(word) : toByteString(word);
      session.subscriptions.add(kind, name);
      return told(what, kind, name, session);
    });
}

/** Without a name, from all; then there is a reply even where there was none. */
function unsubscribing(what: string, kind: SubscriptionKind): Run {
  return (words, session) => {
    const names = words.length > 1 ? words.slice(1).map(toByteString) : session.subscriptions.names(kind);
    if (names.length === 0) return told(what, kind, null, session);
    return names.map((name) => {
      session.subscriptions.remove(kind, name);
      return told(what, kind, name, session);
    });
  };
}

const publish: Run = (words, { hub, server }) =>
  integer(hub.publish(keyAt(words, 1), word(words, 2).slice(), nodeNumber(server)));

const spublish: Run = (words, { hub, server }) =>
  integer(hub.publishInShard(keyAt(words, 1), word(words, 2).slice(), nodeNumber(server)));

function listened(kind: SubscriptionKind): Run {
  return (words, { hub, server }) => {
    const pattern = words[2] ? patternOf(words[2]) : "*";
    const names = [...hub.listened(kind, nodeNumber(server)).keys()];
    return array(names.filter((name) => matchesGlob(pattern, name)).map((name) => bulk(fromByteString(name))));
  };
}

function counted(kind: SubscriptionKind): Run {
  return (words, { hub, server }) => {
    const counts = hub.listened(kind, nodeNumber(server));
    return array(words.slice(2).flatMap((name) => [bulk(name), integer(counts.get(toByteString(name)) ?? 0)]));
  };
}

const numpat: Run = (_, { hub, server }) => integer(hub.listened("pattern", nodeNumber(server)).size);

function listening(name: string, arity: number, run: Run, keys?: Command["keys"]): Command {
  return { name, arity, flags: "pubsub noscript loading stale", categories: "", run, ...(keys && { keys }) };
}

function asking(name: string, arity: number, run: Run): Command {
  return { name: `pubsub|${name}`, arity, flags: "pubsub loading stale", categories: "", run };
}

const ofSlot = [1, -1, 1] as const;

export const publishing: readonly Command[] = [
  listening("subscribe", -2, subscribing("subscribe", "channel")),
  listening("unsubscribe", -1, unsubscribing("unsubscribe", "channel")),
  listening("psubscribe", -2, subscribing("psubscribe", "pattern")),
  listening("punsubscribe", -1, unsubscribing("punsubscribe", "pattern")),
  listening("ssubscribe", -2, subscribing("ssubscribe", "shard"), ofSlot),
  listening("sunsubscribe", -1, unsubscribing("sunsubscribe", "shard"), ofSlot),
  { name: "publish", arity: 3, flags: "pubsub loading stale fast", categories: "", run: publish },
  { name: "spublish", arity: 3, flags: "pubsub loading stale fast", categories: "", keys: [1, 1, 1], run: spublish },
  {
    name: "pubsub",
    arity: -2,
    flags: "",
    categories: "",
    subcommands: [
      asking("channels", -2, listened("channel")),
      asking("numsub", -2, counted("channel")),
      asking("numpat", 2, numpat),
      asking("shardchannels", -2, listened("shard")),
      asking("shardnumsub", -2, counted("shard")),
    ],
  },
];
