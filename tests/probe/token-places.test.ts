/** Where a token goes, and where nothing of it does: by what each server received, over real sockets. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type HostileName, withHostile } from "../real/hostile.ts";
import { attempt, handsIn, stoppedClock } from "./attempt.ts";

/** No connection received a login, or any piece of a token. */
function assertNothing(received: readonly string[], token: string): void {
  for (const bytes of received) {
    assert.doesNotMatch(bytes, /AUTH|HELLO/i);
    for (let start = 0; start + 16 <= token.length; start += 1)
      assert.ok(!bytes.includes(token.slice(start, start + 16)));
  }
}

const unverified: readonly HostileName[] = [
  "self-signed",
  "unknown-authority",
  "expired",
  "not-yet-valid",
  "wrong-name",
];

for (const name of unverified) {
  test(`token: none to a server whose certificate does not verify: ${name}`, () =>
    withHostile(name, async (server) => {
      const login = await handsIn();
      const result = await attempt(server, { login, allNodes: true, repeat: 2 });
      assert.equal(result.stages.find(({ status }) => status === "failed")?.name, "tls");
      const received = await server.received();
      // The second look gets through its handshake, and says nothing.
      assert.deepEqual(
        received.filter((bytes) => bytes !== ""),
        [],
      );
      assertNothing(received, login.text);
    }));
}

test("token: it goes where --insecure lets it go, and there alone", () =>
  withHostile("self-signed", async (server) => {
    const login = await handsIn();
    const tls = { name: "localhost", ca: { file: "", pem: server.ca, subjects: [] }, verify: false };
    const result = await attempt(server, { login, tls });
    assert.equal(result.ok, true);
    assert.equal(result.stages.find(({ name }) => name === "tls")?.status, "warn");
    const received = await server.received();
    assert.equal(received.length, 1);
    assert.ok(received[0]?.includes(login.text));
  }));

/** Those in clear text that are first spoken to in TLS, and then looked at. */
const inClearText: readonly (readonly [HostileName, silentAfter?: string])[] = [
  ["plaintext", "bytes"],
  ["plaintext-open", "bytes"],
  ["http"],
  ["memcached"],
  ["max-clients"],
  ["protected-mode"],
  ["closes-on-bytes"],
];

for (const [name, silentAfter] of inClearText) {
  test(`token: none to a server that speaks no TLS, only PING, and INFO where that is answered: ${name}`, () =>
    withHostile(name, async (server) => {
      const login = await handsIn();
      const clock = stoppedClock();
      let passing: Promise<unknown> | null = null;
      await attempt(server, {
        login,
        ...(silentAfter === undefined ? {} : { clock }),
        onProgress(_, underWay) {
          if (silentAfter !== undefined && underWay === "tls") passing ??= server.saw(silentAfter).then(clock.pass);
        },
      });
      await passing;
      const received = await server.received();
      assertNothing(received, login.text);
      // What is no TLS is the look's.
      const [ping, info] = ["*1\r\n$4\r\nPING\r\n", "*2\r\n$4\r\nINFO\r\n$6\r\nserver\r\n"];
      for (const bytes of received)
        assert.ok(bytes.charCodeAt(0) === 22 || ["", ping, `${ping}${info}`].includes(bytes), bytes);
    }));
}

test("token: none before the certificate is known, though the server speaks first", () =>
  withHostile("garbage-at-once", async (server) => {
    const login = await handsIn();
    const tls = { name: "localhost", ca: null, verify: true };
    const result = await attempt(server, { login, tls });
    assert.equal(result.stages.find(({ status }) => status === "failed")?.name, "tls");
    assertNothing(await server.received(), login.text);
  }));

test("token: none to another server that is looked at after a login was refused", () =>
  withHostile("wrongpass", async (server) => {
    const login = await handsIn();
    await attempt(server, { login });
    const [first = "", ...others] = await server.received();
    assert.equal(first.split(login.text).length, 2);
    assert.deepEqual(others, []);
  }));
