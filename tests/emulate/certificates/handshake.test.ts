import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { connect, createServer } from "node:tls";
import type { Certificates } from "../../../src/emulate/certificates/create-certificates.ts";
import { make } from "./authority.ts";

/** What one TLS client that trusts the authority comes to: the subject it saw, or the code of its error. */
async function handshake(
  made: Certificates,
  client: { host: string; name?: string; ca?: string },
  maxVersion: "TLSv1.2" | "TLSv1.3",
): Promise<string> {
  const server = createServer({ cert: made.certificate, key: made.privateKey, maxVersion }, (socket) => socket.end());
  server.on("tlsClientError", () => {});
  server.listen({ port: 0, host: client.host });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  // A server name that is an address is refused by two of the runtimes.
  const servername = client.name === undefined ? {} : { servername: client.name };
  const socket = connect({
    host: client.host,
    port,
    ca: client.ca ?? made.ca,
    ...servername,
    rejectUnauthorized: true,
  });
  try {
    return await new Promise<string>((resolve) => {
      socket.once("secureConnect", () => resolve(`CN=${socket.getPeerCertificate().subject.CN}`));
      socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });
  } finally {
    socket.destroy();
    server.close();
    await once(server, "close");
  }
}

const good = "CN=emulate.example";

for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
  test(`certificates: clients that trust the authority get through by each of its names, ${version}`, async () => {
    const made = await make();
    for (const client of [
      { host: "127.0.0.1" },
      { host: "::1" },
      { host: "127.0.0.1", name: "localhost" },
      { host: "127.0.0.1", name: "emulate.example" },
      { host: "::1", name: "node-1.cluster.example" },
    ]) {
      assert.equal(await handshake(made, client, version), good, JSON.stringify(client));
    }
  });

  test(`certificates: for another name or by another authority the client refuses, ${version}`, async () => {
    const made = await make();
    const other = await make();
    assert.equal(
      await handshake(made, { host: "127.0.0.1", name: "other.example" }, version),
      "ERR_TLS_CERT_ALTNAME_INVALID",
    );
    assert.equal(
      await handshake(made, { host: "127.0.0.1", name: "localhost", ca: other.ca }, version),
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    );
    const onlyLocalhost = await make({ names: ["localhost"] });
    assert.equal(await handshake(onlyLocalhost, { host: "127.0.0.1" }, version), "ERR_TLS_CERT_ALTNAME_INVALID");
  });
}
