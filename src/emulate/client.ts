import { makeFinding } from "../findings/make-finding.ts";
import type { Login } from "../judge/world.ts";
import { encode } from "../resp/encode.ts";
import { authenticatedLimits, unauthenticatedLimits } from "../resp/request-limits.ts";
import { createRequestReader } from "../resp/request-reader.ts";
import { error, simple } from "../resp/value.ts";
import type { Connection } from "../runtime.ts";
import { createConversation, type Next } from "./conversation.ts";
import { createDataSession } from "./data/session.ts";
import { createGate } from "./gate.ts";
import { createOutbox } from "./outbox.ts";
import type { Serving, ServingNode } from "./serving.ts";
import { createTalk } from "./talk.ts";
import { openUpstream } from "./upstream/open-upstream.ts";
import { type RelayEnd, relay } from "./upstream/relay.ts";

const on: Next = { kind: "on" };
const hangUp: Next = { kind: "hang-up" };

/** Serves one client from its first byte to its last. Never rejects. */
export async function serveClient(connection: Connection, node: ServingNode, serving: Serving): Promise<void> {
  const { ports, limits, upstream } = serving;
  const id = serving.nextId();
  const outbox = createOutbox(connection, limits.unsentBytes, () => {
    serving.notice("client-not-reading", `Connection ${id} does not read what it is sent, and was dropped.`);
    connection.destroy();
  });
  const gate = createGate(serving.rules, {
    decided: ({ user }, accepted, findings) => serving.decided(id, user, accepted, findings),
    expired() {
      serving.notice("connection-expired", `Connection ${id} has lived its time since its last login, and was closed.`);
      connection.destroy();
    },
  });
  const talk = createTalk(id, connection, outbox, ports.now(), () => gate.user);
  const server = node.factsFor(connection);
  const { store } = node;
  const session = createDataSession({ store, hub: serving.hub, server, connection: talk.facts, send: talk.say });
  const converse = createConversation({
    gate,
    session,
    server,
    talk,
    hasUpstream: upstream !== null,
    withoutLogin: (finding) => serving.unasked.finding(id, finding),
    loginInMulti,
  });
  const reader = createRequestReader(null, unauthenticatedLimits);
  let hasSpoken = false;
  let cancelDeadline = () => {};

  node.connections.add(talk.facts);
  try {
    await converseAll();
    await finish();
  } catch (thrown) {
    clientFailed(thrown);
  } finally {
    cancelDeadline();
    gate.close();
    session.close();
    node.connections.delete(talk.facts);
    connection.destroy();
  }

  async function converseAll(): Promise<void> {
    let next = afterLeaving();
    while (next.kind !== "hang-up" && !outbox.gone) {
      settle();
      if (next.kind === "relay") next = await relayed(next);
      else next = await converseOnce();
      await outbox.room();
    }
  }

  async function converseOnce(): Promise<Next> {
    const read = reader.next();
    if (read.kind === "command") return converse(read.words);
    if (read.kind === "malformed") return refuse(`ERR ${read.message}`);
    if (read.kind === "bytes") return on;
    const chunk = await connection.read();
    if (chunk === null) {
      if (!hasSpoken) serving.unasked.silent();
      return hangUp;
    }
    hasSpoken = true;
    reader.push(chunk);
    return on;
  }

  /** What a client may send, and for how long it may stay, follows from who it is. */
  function settle(): void {
    cancelDeadline();
    const isIn = gate.user !== null;
    reader.setLimits(isIn ? authenticatedLimits() : unauthenticatedLimits);
    cancelDeadline = isIn ? () => {} : ports.after(limits.loginWithinMs, connection.destroy);
  }

  function refuse(message: string): Next {
    talk.say(error(message));
    return hangUp;
  }

  /** Whoever is at a server that is open to all is in without a login. */
  function afterLeaving(): Next {
    return upstream && gate.user !== null ? { kind: "relay", opening: null, hangUp: false, told: true } : on;
  }

  async function relayed({ opening, hangUp: hangsUp, told }: Extract<Next, { kind: "relay" }>): Promise<Next> {
    if (!upstream) return hangUp;
    const opened = await openUpstream(upstream, ports);
    if (!opened.connection) return refuse(upstreamFault(`${opened.problem}. ${opened.fix}`));
    if (!opening && !told) talk.sayBytes(encode(simple("OK")));
    serving.upstreams.add(opened.connection);
    const { connection: behind } = opened;
    const how = await relay({
      ...{ reader, client: connection, outbox, gate, upstream: behind, ports, opening, hangUp: hangsUp },
      loginInMulti,
    }).finally(() => serving.upstreams.delete(behind));
    return afterRelay(how);
  }

  function afterRelay(how: RelayEnd): Next {
    switch (how.kind) {
      case "reset":
        gate.leave();
        talk.resp = 2;
        return afterLeaving();
      case "malformed":
        return refuse(`ERR ${how.message}`);
      case "upstream-gone": {
        const message = upstreamFault("closed the connection. Look at its log.");
        return how.midway ? hangUp : refuse(message);
      }
      default:
        return hangUp;
    }
  }

  /** Told here, and to the client in the words that are returned. */
  function upstreamFault(what: string): string {
    const { host, port } = upstream ?? { host: "", port: 0 };
    const message = `the upstream ${host}:${port} ${what}`;
    serving.notice("upstream-failed", `Connection ${id}: ${message}`);
    return `ERR cacheauth emulate took the login, but ${message}`;
  }

  function loginInMulti(name: "auth" | "hello", login: Login | null): void {
    const word = name.toUpperCase();
    serving.decided(id, login?.user ?? null, false, [
      makeFinding("auth-inside-multi", {
        message: `${word} was sent inside MULTI, where it is only queued and prolongs nothing.`,
        fix: `Send ${word} before MULTI or after EXEC, on a connection of its own where a pool shares it.`,
      }),
    ]);
  }

  /** What was said is sent, then the end; a client that does not take it is not waited for. */
  async function finish(): Promise<void> {
    cancelDeadline();
    cancelDeadline = ports.after(limits.lingerMs, connection.destroy);
    await outbox.flushed();
    connection.end();
    while ((await connection.read()) !== null);
  }

  function clientFailed(thrown: unknown): void {
    const code = (thrown as { code?: unknown } | null)?.code;
    if (typeof code !== "string") {
      serving.notice("bug", `Connection ${id} was dropped by a fault of cacheauth: ${String(thrown)}.`);
    } else if (!hasSpoken) serving.unasked.silent();
  }
}
