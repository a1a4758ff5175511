import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { createServer, connect as tlsConnect } from "node:tls";
import { certificateNames } from "../../src/emulate/certificate-names.ts";
import { createCertificates } from "../../src/emulate/certificates/create-certificates.ts";
import { nodeProcess } from "../../src/node-runtime.ts";
import { type Client, clientOver, dial, emulating, tokenAt } from "./harness.ts";

async function loggedIn(ports: readonly number[], at: Date): Promise<Client[]> {
  const token = await tokenAt(at);
  return Promise.all(
    ports.map(async (port) => {
      const client = await dial(port);
      assert.equal(await client.ask("AUTH", "my-user", token), "+OK");
      return client;
    }),
  );
}

test("emulate: three nodes share all slots, and each tells the same of all", () =>
  emulating({ cluster: 3 }, async ({ nodes, clock, decisions }) => {
    assert.equal(nodes.length, 3);
    const clients = await loggedIn(nodes, clock.now());
    const places = decisions.map(({ node: { host, port } }) => `${host}:${port}`);
    assert.deepEqual(places.sort(), nodes.map((port) => `127.0.0.1:${port}`).sort());
    const slots = await Promise.all(clients.map((client) => client.ask("CLUSTER", "SLOTS")));
    assert.equal(new Set(slots).size, 1);
    const ranges = [...(slots[0] ?? "").matchAll(/\[:(\d+) :(\d+) \[\$([\d.]+) :(\d+)/g)].map((range) =>
      range.slice(1),
    );
    assert.deepEqual(
      ranges.map(([first, last, host, port]) => [Number(first), Number(last), host, Number(port)]),
      [
        [0, 5460, "127.0.0.1", nodes[0]],
        [5461, 10921, "127.0.0.1", nodes[1]],
        [10922, 16383, "127.0.0.1", nodes[2]],
      ],
    );
    assert.match((await clients[0]?.ask("HELLO", "3")) ?? "", /\$mode=\$cluster/);
    assert.match((await clients[0]?.ask("CLUSTER", "INFO")) ?? "", /cluster_state:ok/);
    for (const client of clients) client.destroy();
  }));

test("emulate: a key is on the node of its slot, and the others say where", () =>
  emulating({ cluster: 3 }, async ({ nodes, clock }) => {
    const [first, second, third] = (await loggedIn(nodes, clock.now())) as [Client, Client, Client];
    // CRC16 of 123456789 is 0x31C3 by the cluster specification: slot 12739.
    assert.equal(await first.ask("CLUSTER", "KEYSLOT", "123456789"), ":12739");
    const moved = `-MOVED 12739 127.0.0.1:${nodes[2]}`;
    assert.equal(await first.ask("SET", "123456789", "a"), moved);
    assert.equal(await second.ask("GET", "123456789"), moved);
    assert.equal(await third.ask("SET", "123456789", "a"), "+OK");
    assert.equal(await third.ask("GET", "123456789"), "$a");
    assert.equal(await third.ask("READONLY"), "+OK");
    assert.match(await third.ask("MGET", "123456789", "b"), /^-CROSSSLOT/);
    for (const client of [first, second, third]) client.destroy();
  }));

test("emulate: what is published on one node is heard on the others", () =>
  emulating({ cluster: 3 }, async ({ nodes, clock }) => {
    const [first, second, third] = (await loggedIn(nodes, clock.now())) as [Client, Client, Client];
    await second.ask("SUBSCRIBE", "news");
    await third.ask("PSUBSCRIBE", "n*");
    await first.ask("PUBLISH", "news", "hello");
    assert.equal(await second.reply(), "[$message $news $hello]");
    assert.equal(await third.reply(), "[$pmessage $n* $news $hello]");
    for (const client of [first, second, third]) client.destroy();
  }));

test("emulate: each login is judged on each node, whichever it is", () =>
  emulating({ cluster: 2 }, async ({ nodes, clock, decisions }) => {
    const clients = await loggedIn(nodes, clock.now());
    const stranger = await dial(nodes[1] ?? 0);
    assert.match(await stranger.ask("CLUSTER", "SLOTS"), /^-NOAUTH/);
    assert.match(await stranger.ask("AUTH", "my-user", "wrong"), /^-WRONGPASS/);
    assert.equal(decisions.length, 4);
    for (const client of [...clients, stranger]) client.destroy();
  }));

test("emulate: a client is sent on by the name that it came by", async () => {
  const names = certificateNames("127.0.0.1", ["cache.test"]);
  const { ca, ...own } = await createCertificates({ names, now: new Date(), random: nodeProcess.random });
  await emulating({ cluster: 2, tls: { ...own, names } }, async ({ nodes, clock }) => {
    // The TLS server of a Deno of 2.6 does not tell the name.
    const tellsName = "listening" in createServer({});
    for (const [servername, host] of [
      ["cache.test", tellsName ? "cache.test" : "127.0.0.1"],
      ["localhost", tellsName ? "localhost" : "127.0.0.1"],
      // Not a name of the certificate, whatever the client makes of that.
      ["other.test", "127.0.0.1"],
      [undefined, "127.0.0.1"],
    ] as const) {
      const options = { host: "127.0.0.1", port: nodes[0] ?? 0, ca, checkServerIdentity: () => undefined };
      const socket = tlsConnect(servername === undefined ? options : { ...options, servername });
      await once(socket, "secureConnect");
      const client = clientOver(socket);
      await client.ask("AUTH", "my-user", await tokenAt(clock.now()));
      assert.equal(await client.ask("GET", "123456789"), `-MOVED 12739 ${host}:${nodes[1]}`);
      client.destroy();
    }
  });
});
