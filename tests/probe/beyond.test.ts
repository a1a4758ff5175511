/** What is asked for beyond the stages: more connections, and the other nodes. And what is left when somebody stops it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProbeResult } from "../../src/probe/probe.ts";
import type { Net } from "../../src/runtime.ts";
import { withHostile } from "../real/hostile.ts";
import { bulk, usual, wrongpass } from "../real/scripted-redis.ts";
import { pending, turnedClock } from "../walk/clock.ts";
import { type AttemptOptions, attempt, handsIn } from "./attempt.ts";
import { type Replies, type Reply, type Scripted, withScripted } from "./scripted.ts";

const probed = (server: Scripted, options: AttemptOptions = {}) =>
  attempt(server, { tls: null, clock: turnedClock(), ...options });
const against = (replies: Replies, options: AttemptOptions = {}) =>
  withScripted(replies, async (server) => ({ result: await probed(server, options), asked: server.asked }));
const causesOf = ({ verdict }: ProbeResult) => verdict.causes.map(({ rule }) => rule);
const asUsual: Reply = (words, session) => usual((words[0] ?? "").toLowerCase(), words, session);
/** Connection 0 is the probe's own. */
const from =
  (first: number, reply: string | null | undefined): Reply =>
  (words, session, connection) =>
    connection < first ? asUsual(words, session, connection) : reply;

test("repeat: so many connections more, one after the other, each with the same login and a PING", async () => {
  const { result, asked } = await against({}, { repeat: 5 });
  assert.deepEqual([result.ok, result.repeat?.count, asked.length], [true, 5, 6]);
  const [first] = asked;
  for (const words of asked.slice(1)) assert.deepEqual(words, [first?.[0], ["PING"]]);
  assert.equal(result.repeat?.tlsMs, null);
  for (const times of [result.repeat?.connectMs, result.repeat?.authMs, result.repeat?.pingMs]) assert.ok(times);
});

test("repeat: in the protocol that the first was taken in, and without a login where there is none", async () => {
  const two = await against({ HELLO: "-ERR unknown command 'HELLO'\r\n" }, { repeat: 2 });
  assert.deepEqual(
    two.asked.slice(1).map((commands) => commands.map(([name]) => name)),
    [
      ["AUTH", "PING"],
      ["AUTH", "PING"],
    ],
  );
  const none = await against({}, { repeat: 2, login: null });
  assert.deepEqual(none.asked.slice(1), [[["PING"]], [["PING"]]]);
  assert.deepEqual([none.result.repeat?.count, none.result.repeat?.authMs], [2, null]);
});

test("repeat: it ends at the first that fails, and says why", async () => {
  for (const [replies, rule] of [
    [{ HELLO: from(3, "-ERR Exceeded limit of IAM Authentication requests\r\n") }, "iam-throttled"],
    [{ HELLO: from(3, wrongpass) }, "wrongpass"],
    [{ HELLO: from(3, null) }, "closed-early"],
    [{ PING: from(3, null) }, "closed-early"],
    [{ HELLO: from(3, "HTTP/1.1 503 Busy\r\n") }, "not-redis"],
  ] as const) {
    const { result, asked } = await against(replies, { repeat: 9 });
    assert.deepEqual([result.ok, result.repeat?.count, asked.length, causesOf(result)], [false, 2, 4, [rule]]);
    assert.match(result.verdict.summary, /^Of 9 connections more 2 worked/);
    // All stages went well.
    assert.ok(result.stages.every(({ status }) => status !== "failed"));
  }
});

test("repeat: a connection that is refused, and one that is silent", async () => {
  let connections = 0;
  const net = (real: Net): Net => ({
    ...real,
    connect(options) {
      connections += 1;
      return connections > 2
        ? Promise.reject(Object.assign(new Error("no"), { code: "ECONNREFUSED" }))
        : real.connect(options);
    },
  });
  const refused = await against({}, { repeat: 9, net });
  assert.deepEqual([refused.result.repeat?.count, causesOf(refused.result)], [1, ["connect-refused"]]);
  const clock = turnedClock();
  await withScripted({ HELLO: from(2, undefined) }, async (server) => {
    const running = probed(server, { repeat: 9, clock, limitMs: 3_000 });
    await server.saw("HELLO", 3);
    await clock.pass(3_000);
    const result = await running;
    assert.deepEqual([result.repeat?.count, causesOf(result)], [1, ["no-answer"]]);
  });
});

const node = (host: string, port: number) => `*3\r\n${bulk(host)}:${port}\r\n${bulk("id")}`;
const slots = (...nodes: string[]) => `*1\r\n*${nodes.length + 2}\r\n:0\r\n:16383\r\n${nodes.join("")}`;

test("nodes: each of the cluster, with its role, its slots and how it went", () =>
  withScripted({}, (second) =>
    withScripted({ HELLO: wrongpass }, async (third) => {
      const ports: number[] = [];
      const replies: Replies = {
        CLUSTER: () =>
          slots(
            node("127.0.0.1", ports[0] ?? 0),
            node("127.0.0.1", second.port),
            node("127.0.0.1", third.port),
            node("127.0.0.1", 1),
          ),
      };
      await withScripted(replies, async (first) => {
        ports.push(first.port);
        const result = await probed(first, { allNodes: true });
        assert.deepEqual(
          result.nodes?.map(({ endpoint, role, slots, status, findings }) => [
            endpoint.port,
            role,
            slots,
            status,
            findings[0]?.rule ?? null,
          ]),
          [
            [first.port, "primary", "0-16383", "ok", null],
            [second.port, "replica", "0-16383", "ok", null],
            [third.port, "replica", "0-16383", "failed", "wrongpass"],
            [1, "replica", "0-16383", "failed", "connect-refused"],
          ],
        );
        assert.deepEqual([result.ok, causesOf(result)], [false, ["wrongpass", "connect-refused"]]);
        assert.equal(result.verdict.summary, "The endpoint works, but 2 of its 4 nodes do not.");
        const [, ok] = result.nodes ?? [];
        assert.ok(ok && ok.connectMs !== null && ok.authMs !== null && ok.pingMs !== null && ok.tlsMs === null);
        // With the same token.
        assert.deepEqual(second.asked[0]?.[0], first.asked[0]?.[0]);
      });
    }),
  ));

test("nodes: where it is no cluster, the addresses behind the name", async () => {
  const { result } = await against({}, { allNodes: true });
  assert.deepEqual(
    result.nodes?.map(({ endpoint, role, slots, status }) => [endpoint.host, role, slots, status]),
    [["127.0.0.1", null, null, "ok"]],
  );
});

/** Sockets in clear text that pass for TLS: whose certificate verifies is said by port. */
function pretended(verifies: (port: number, name: string) => boolean) {
  const names: string[] = [];
  const ports = new Map<unknown, number>();
  const connected: number[] = [];
  const net = (real: Net): Net => ({
    ...real,
    async connect(options) {
      connected.push(options.port);
      const connection = await real.connect(options);
      ports.set(connection, options.port);
      return connection;
    },
    async secure(connection, { name, verify }) {
      names.push(name);
      const authorized = verifies(ports.get(connection) ?? 0, name);
      if (verify && !authorized) {
        connection.destroy();
        throw Object.assign(new Error("no"), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
      }
      return {
        connection,
        peer: { protocol: "TLSv1.3", cipher: "none", certificate: null, authorized, authorizationCode: null },
      };
    },
  });
  return { net, names, connected };
}

test("nodes: over TLS the token goes only to those whose certificate verifies, each by its own name", () =>
  withScripted({}, (stranger) =>
    withScripted({}, (second) =>
      withScripted(
        { CLUSTER: () => slots(node("127.0.0.1", second.port), node("localhost", stranger.port)) },
        async (first) => {
          const { net, names } = pretended((port) => port !== stranger.port);
          const result = await probed(first, {
            allNodes: true,
            net,
            endpoint: { host: "127.0.0.1", port: first.port },
            tls: { name: "cache.test", ca: null, verify: true },
          });
          assert.deepEqual(
            result.nodes?.map(({ status, findings }) => [status, findings[0]?.rule ?? null]),
            [
              ["ok", null],
              ["failed", "certificate-untrusted"],
            ],
          );
          // Nothing at all: neither a login nor a command.
          assert.deepEqual(stranger.asked.flat(), []);
          // The endpoint and whoever is behind its host; the stranger, and the look at what it shows.
          assert.deepEqual(names.sort(), ["cache.test", "cache.test", "localhost", "localhost"]);
        },
      ),
    ),
  ));

test("nodes: with --insecure they are listed, and nobody connects to them", () =>
  withScripted({}, (second) =>
    withScripted({ CLUSTER: () => slots(node("127.0.0.1", second.port)) }, async (first) => {
      const { net, connected } = pretended(() => false);
      const result = await probed(first, { allNodes: true, net, tls: { name: "x", ca: null, verify: false } });
      const [listed] = result.nodes ?? [];
      assert.deepEqual([result.ok, listed?.status, listed?.connectMs], [true, "skipped", null]);
      assert.deepEqual([connected, second.asked], [[first.port], []]);
    }),
  ));

test("nodes: a piece of the token is no node, and no name server is asked for it", async () => {
  const login = await handsIn();
  const signature = /Signature=(\w+)/.exec(login.text)?.[1] ?? "";
  const asked: string[] = [];
  const { net } = pretended(() => true);
  const listening = (real: Net): Net => ({
    ...net(real),
    resolve(host) {
      asked.push(host);
      return real.resolve(host);
    },
  });
  const replies = {
    CLUSTER: slots(node(signature.slice(0, 32), 6379), node(`x.${signature.slice(8, 20)}.test`, 6379)),
  };
  const tls = { name: "cache.test", ca: null, verify: true };
  const { result } = await against(replies, { login, allNodes: true, net: listening, tls });
  // As if it had named none: then it is the endpoint itself.
  assert.deepEqual(
    result.nodes?.map(({ endpoint }) => endpoint.host),
    ["127.0.0.1"],
  );
  assert.deepEqual(asked, ["localhost", "127.0.0.1"]);
});

test("nodes: in clear text those that are not of this machine are listed alone", async () => {
  const { result } = await against(
    { CLUSTER: slots(node("192.0.2.1", 6379), node("cache.test", 6379)) },
    { allNodes: true },
  );
  assert.deepEqual(
    result.nodes?.map(({ status }) => status),
    ["skipped", "skipped"],
  );
  assert.equal(result.ok, true);
});

test("nodes and repeats are told as they are under way", async () => {
  const told: (string | null)[] = [];
  await against({}, { allNodes: true, repeat: 1, onProgress: (_, underWay) => void told.push(underWay) });
  assert.deepEqual(told, [
    ...["credentials", "token", "resolve", "connect", "auth", "ping", "topology", null],
    "nodes",
    "repeat",
  ]);
});

test("where a stage fails there are neither nodes nor repeats", async () => {
  const { result, asked } = await against({ HELLO: wrongpass }, { allNodes: true, repeat: 3 });
  assert.deepEqual([result.nodes, result.repeat, asked.length], [null, null, 1]);
});

for (const stage of ["tls", "auth", "ping", "topology"] as const) {
  test(`stopped during ${stage}: that is unknown, what was found stays, the rest is skipped`, () =>
    withHostile("slow", async (server) => {
      const stop = new AbortController();
      const begun = pending<void>();
      const running = attempt(server, {
        interruption: stop.signal,
        clock: turnedClock(),
        onProgress: (_, underWay) => underWay === stage && begun.resolve(),
      });
      for (const gate of ["tls", "auth", "ping", "topology"] as const) {
        await server.saw(`waits at ${gate}`);
        if (gate === stage) break;
        server.release(gate);
      }
      await begun.promise;
      stop.abort();
      const result = await running;
      const names = result.stages.map(({ name }) => name);
      assert.deepEqual(
        result.stages.map(({ status }) => status),
        names.map((name) =>
          name === stage ? "unknown" : names.indexOf(name) < names.indexOf(stage) ? "ok" : "skipped",
        ),
      );
      assert.equal(result.ok, false);
      assert.equal(result.verdict.summary, `It was stopped during ${stage}; nothing had failed by then.`);
      assert.deepEqual([result.nodes, result.repeat], [null, null]);
    }));
}

test("stopped while it repeats or looks at nodes: what was done by then is told, and the rest is not called good", async () => {
  const stop = new AbortController();
  await withScripted({ HELLO: from(3, undefined) }, async (server) => {
    const running = probed(server, { repeat: 9, interruption: stop.signal });
    await server.saw("HELLO", 4);
    stop.abort();
    const result = await running;
    assert.deepEqual([result.ok, result.repeat?.count, causesOf(result)], [false, 2, []]);
    assert.equal(result.verdict.summary, "It was stopped; nothing had failed by then.");
  });
  const second = new AbortController();
  await withScripted({ HELLO: undefined as never }, async (silent) => {
    const many = Array.from({ length: 20 }, () => node("127.0.0.1", silent.port));
    const list = slots(...many.map((_, index) => node("127.0.0.1", 1 + index)), node("127.0.0.1", silent.port));
    await withScripted({ CLUSTER: list }, async (server) => {
      const net = (real: Net): Net => ({
        ...real,
        connect: (options) =>
          options.port > 20
            ? real.connect(options)
            : new Promise((_, no) => options.signal?.addEventListener("abort", () => no(new Error()))),
      });
      const began: (string | null)[] = [];
      const running = probed(server, {
        allNodes: true,
        interruption: second.signal,
        net,
        onProgress(_, underWay) {
          began.push(underWay);
          if (underWay === "nodes") setImmediate(() => second.abort());
        },
      });
      const result = await running;
      assert.equal(result.ok, false);
      assert.ok(
        result.nodes?.length === 21 && result.nodes.every(({ status }) => status === "unknown" || status === "skipped"),
      );
      assert.ok(result.nodes.some(({ status }) => status === "skipped"));
    });
  });
});
