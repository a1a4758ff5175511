import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { createServer, TLSSocket, connect as tlsConnect } from "node:tls";
import { certificateNames, isLoopback, isUnspecified, reachableHost } from "../../src/emulate/certificate-names.ts";
import { createCertificates } from "../../src/emulate/certificates/create-certificates.ts";
import type { EmulatorOptions } from "../../src/emulate/emulator.ts";
import { handshakeFinding } from "../../src/emulate/failed-handshakes.ts";
import { optionNaming } from "../../src/naming.ts";
import { nodeProcess } from "../../src/node-runtime.ts";
import { type Client, clientOver, dial, emulating, type Running, tokenAt } from "./harness.ts";

const { random } = nodeProcess;

/** The TLS server of a Deno of 2.6 tells of no failed handshake. */
const tellsHandshakes = "listening" in createServer({});

async function secured(
  options: Partial<EmulatorOptions>,
  use: (
    running: Running & { readonly ca: string; dialTls(port: number, name: string): Promise<Client> },
  ) => Promise<void>,
): Promise<void> {
  const names = certificateNames("127.0.0.1", ["cache.test"]);
  const { ca, ...own } = await createCertificates({ names, now: new Date(), random });
  const dialTls = async (port: number, servername: string) => {
    const socket = tlsConnect({ host: "127.0.0.1", port, ca, servername });
    await once(socket, "secureConnect");
    return clientOver(socket);
  };
  await emulating({ tls: { ...own, names }, caFile: "/tmp/ca.pem", ...options }, (running) =>
    use({ ...running, ca, dialTls }),
  );
}

test("emulate: a login over TLS, by each name of the certificate", () =>
  secured({}, async ({ port, clock, dialTls }) => {
    for (const name of ["localhost", "cache.test"]) {
      const client = await dialTls(port, name);
      assert.equal(await client.ask("AUTH", "my-user", await tokenAt(clock.now())), "+OK");
      assert.match(await client.ask("INFO", "server"), /tcp_port:/);
      client.destroy();
    }
  }));

test("upstream: one that speaks TLS is told as that", () =>
  secured({}, (upstream) =>
    emulating({ upstream: { host: "127.0.0.1", port: upstream.port } }, async ({ port, clock, noticed }) => {
      const client = await dial(port);
      const reply = await client.ask("AUTH", "my-user", await tokenAt(clock.now()));
      // A Deno of 2.6 does not look at what verifies too late.
      const isFit = typeof TLSSocket.prototype.getProtocol === "function";
      const told = isFit ? /speaks TLS, and upstream speaks clear text\. Give/ : /speaks TLS/;
      assert.match(reply, told);
      assert.match((await noticed("upstream-failed")).message, told);
      client.destroy();
    }),
  ));

test("emulate: a client in clear text is told of, and dropped", () =>
  secured({}, async ({ port, decisions, decided }) => {
    for (const [index, sent] of ["*1\r\n$4\r\nPING\r\n", "PING\r\n", "GET / HTTP/1.0\r\n\r\n"].entries()) {
      const client = await dial(port);
      client.sendRaw(sent);
      await client.closed();
      client.destroy();
      if (tellsHandshakes) await decided(index + 1);
    }
    for (const { accepted, user, findings } of decisions) {
      assert.deepEqual([accepted, user, findings.map(({ rule }) => rule)], [false, null, ["tls-required"]]);
      assert.match(findings[0]?.fix ?? "", /--tls.* with plaintext\./);
    }
  }));

test("emulate: a client that does not trust the certificate is told of, as what it may be", () =>
  secured({}, async ({ port, notices, noticed }) => {
    const socket = tlsConnect({ host: "127.0.0.1", port, servername: "localhost" });
    const [error] = await once(socket, "error");
    assert.ok(error);
    // Its runtime tells the server nothing, or sends an alert.
    await Promise.race([noticed("client-silent"), new Promise((resolve) => setTimeout(resolve, 200))]);
    for (const { message } of notices)
      assert.match(
        message,
        /does not trust the emulator's certificate \(let the client trust the authority in \/tmp\/ca\.pem/i,
      );
  }));

test("emulate: a client that goes away and comes again at once is told of once", () =>
  secured({}, async ({ port, clock, dialTls, notices, noticed }) => {
    for (let times = 0; times < 5; times += 1) {
      const client = await dialTls(port, "localhost");
      client.destroy();
      await client.closed();
    }
    await noticed("client-silent");
    const client = await dialTls(port, "localhost");
    assert.equal(await client.ask("AUTH", "my-user", await tokenAt(clock.now())), "+OK");
    client.destroy();
    assert.equal(notices.length, 1);
  }));

test("emulate: scans and health checks do not fill the log", () =>
  secured({}, async ({ port, clock, notices, decisions, decided }) => {
    for (let times = 0; times < 30; times += 1) {
      const client = await dial(port);
      client.sendRaw("PING\r\n");
      await client.closed();
      client.destroy();
    }
    if (!tellsHandshakes) return;
    assert.equal(decisions.length, 10);
    clock.advance(10_000);
    const client = await dial(port);
    client.sendRaw("PING\r\n");
    await client.closed();
    await decided(11);
    assert.deepEqual(
      notices.map(({ code, message }) => [code, message.split(" ")[0]]),
      [["left-out", "20"]],
    );
  }));

test("emulate: whoever connects and goes away is no more than noticed", () =>
  secured({}, async ({ port, decisions, notices }) => {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    socket.end();
    await once(socket, "close");
    socket.destroy();
    assert.deepEqual(decisions, []);
    for (const { code } of notices) assert.equal(code, "client-silent");
  }));

const codes: readonly (readonly [code: string | null, rule: string | undefined])[] = [
  ["ERR_SSL_WRONG_VERSION_NUMBER", "tls-required"],
  ["ERR_SSL_HTTP_REQUEST", "tls-required"],
  // An alert of the client: as Node and Deno read it, and as Bun cannot.
  ["ERR_SSL_TLSV1_ALERT_UNKNOWN_CA", "certificate-untrusted"],
  ["ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN", "certificate-untrusted"],
  ["ERR_SSL_BAD_PACKET_LENGTH", "certificate-untrusted"],
  ["ERR_SSL_UNSUPPORTED_PROTOCOL", "tls-version"],
  ["ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", "tls-version"],
  ["ERR_SSL_NO_SHARED_CIPHER", "tls-version"],
  ["ECONNRESET", undefined],
  ["ERR_TLS_HANDSHAKE_TIMEOUT", undefined],
  [null, undefined],
];

for (const [code, rule] of codes) {
  test(`emulate: a handshake that failed with ${code} is ${rule ?? "nothing certain"}`, () => {
    assert.equal(handshakeFinding(code, { caFile: null, naming: optionNaming })?.rule, rule);
  });
}

test("emulate: the certificate names this machine, what is listened on and what is asked for", () => {
  assert.deepEqual(certificateNames("127.0.0.1", []), ["localhost", "127.0.0.1", "::1"]);
  assert.deepEqual(certificateNames("0.0.0.0", ["cache.test"]), ["localhost", "127.0.0.1", "::1", "cache.test"]);
  assert.deepEqual(certificateNames("10.0.0.5", []), ["localhost", "127.0.0.1", "::1", "10.0.0.5"]);
  assert.deepEqual(["0.0.0.0", "::", "0:0:0:0:0:0:0:0", "::1", "10.0.0.0"].map(isUnspecified), [
    true,
    true,
    true,
    false,
    false,
  ]);
  assert.deepEqual(["localhost", "127.0.0.1", "127.1.2.3", "::1", "0.0.0.0", "::", "my-host"].map(isLoopback), [
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
  assert.deepEqual(["0.0.0.0", "::", "my-host"].map(reachableHost), ["127.0.0.1", "::1", "my-host"]);
});
