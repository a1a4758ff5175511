import { makeFinding } from "../findings/make-finding.ts";
import type { Login } from "../judge/world.ts";
import { authenticatedLimits, unauthenticatedLimits } from "../resp/request-limits.ts";
import { createRequestReader } from "../resp/request-reader.ts";
import { error } from "../resp/value.ts";
import type { Connection } from "../runtime.ts";
import { createConversation, type Next } from "./conversation.ts";
import { createDataSession } from "./data/session.ts";
import { createGate } from "./gate.ts";
import { createOutbox } from "./outbox.ts";
import type { Serving, ServingNode } from "./serving.ts";
import { createTalk } from "./talk.ts";
import { createTurn } from "./turn.ts";
import { handOver } from "./upstream/hand-over.ts";

const on: Next = { kind: "on" };
const hangUp: Next = { kind: "hang-up" };

/** Serves one client from its first byte to its last. Never rejects. */
export async function serveClient(connection: Connection, node: ServingNode, serving: Serving): Promise<void> {
  const { ports, limits, upstream, naming } = serving;
  const id = serving.nextId();
  const notice = (code: string, message: string) => serving.notice(code, message, id);
  const outbox = createOutbox(connection, limits.unsentBytes, () => {
    notice("client-not-reading", `Connection ${id} does not read what it is sent, and was dropped.`);
    connection.destroy();
  });
  const gate = createGate(serving.rules, {
    decided: ({ user }, accepted, findings, fault) =>
      serving.decided({ on: node, connection: id, user, accepted, findings, fault }),
    expired() {
      notice("connection-expired", `Connection ${id} has lived its time since its last login, and was closed.`);
      connection.destroy();
    },
  });
  const talk = createTalk(id, connection, outbox, ports.now(), () => gate.user);
  const server = node.factsFor(connection);
  const { store } = node;
  const session = createDataSession({
    ...{ store, hub: serving.hub, server, connection: talk.facts, send: talk.say },
    permissions: () => serving.permissionsOf(gate.user),
  });
  const converse = createConversation({
    gate,
    session,
    server,
    talk,
    hasUpstream: upstream !== null,
    withoutLogin: (finding) => serving.unasked.finding(node, id, finding),
    loginInMulti,
  });
  const turn = createTurn(ports);
  const reader = createRequestReader(null, unauthenticatedLimits);
  let hasSpoken = false;
  let cancelDeadline = () => {};

  node.connections.add(talk.facts);
  serving.closers.add(gate.close);
  try {
    await converseAll();
    await finish();
  } catch (thrown) {
    notice("bug", `Connection ${id} was dropped by a fault of cacheauth: ${String(thrown)}.`);
  } finally {
    cancelDeadline();
    gate.close();
    serving.closers.delete(gate.close);
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
    if (read.kind === "command") return turn(() => converse(read.words));
    if (read.kind === "malformed") {
      talk.say(error(`ERR ${read.message}`));
      return hangUp;
    }
    if (read.kind === "bytes") return on;
    // A client that fails has gone, whatever its failure is called.
    const chunk = await connection.read().catch(() => null);
    if (chunk === null) {
      if (!hasSpoken) serving.unasked.silent(id);
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

  /** Whoever is at a server that is open to all is in without a login. */
  function afterLeaving(): Next {
    return upstream && gate.user !== null ? { kind: "relay", opening: null, owesOk: false, hangUp: false } : on;
  }

  async function relayed({ opening, hangUp: hangsUp, owesOk }: Extract<Next, { kind: "relay" }>): Promise<Next> {
    if (!upstream) return hangUp;
    const { closers } = serving;
    const failed = (message: string) => notice("upstream-failed", `Connection ${id}: ${message}`);
    const how = await handOver({
      ...{
        address: upstream,
        ports,
        naming,
        closers,
        failed,
        reader,
        client: connection,
        outbox,
        gate,
        turn,
        loginInMulti,
      },
      ...{ opening, owesOk, hangUp: hangsUp },
    });
    if (how === "over") return hangUp;
    gate.leave();
    talk.resp = 2;
    return afterLeaving();
  }

  function loginInMulti(name: "auth" | "hello", login: Login | null): void {
    const word = name.toUpperCase();
    const finding = makeFinding("auth-inside-multi", {
      message: `${word} was sent inside MULTI, where it is only queued and prolongs nothing.`,
      fix: `Send ${word} before MULTI or after EXEC, on a connection of its own where a pool shares it.`,
    });
    const user = login?.user ?? null;
    serving.decided({ on: node, connection: id, user, accepted: false, fault: null, findings: [finding] });
  }

  /** What was said is sent, then the end; a client that does not take it is not waited for. */
  async function finish(): Promise<void> {
    cancelDeadline();
    cancelDeadline = ports.after(limits.lingerMs, connection.destroy);
    await outbox.flushed();
    connection.end();
    while ((await connection.read().catch(() => null)) !== null);
  }
}
