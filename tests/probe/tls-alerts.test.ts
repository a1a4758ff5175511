/** A handshake that the server ends itself: each alert of TLS by what it means. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FindingId } from "../../src/findings/ids.ts";
import { listening } from "../net/listening.ts";
import { attempt } from "./attempt.ts";

/** RFC 8446, 6.2. Those that every runtime tells apart; Deno takes most others for handshake_failure. */
const alerts: readonly (readonly [name: string, number: number, rule: FindingId, says: RegExp])[] = [
  ["handshake_failure", 40, "client-certificate-required", /demand a certificate/],
  ["protocol_version", 70, "tls-version", /neither TLS 1\.2 nor 1\.3/],
  ["internal_error", 80, "closed-early", /speaks TLS and ended the handshake itself, with an alert \(ERR_SSL_/],
];

for (const [name, number, rule, says] of alerts) {
  test(`tls: the alert ${name}`, async () => {
    const { listener } = await listening(async (connection) => {
      await connection.read();
      await connection.write(Uint8Array.of(21, 3, 3, 0, 2, 2, number));
      connection.end();
    });
    try {
      const result = await attempt({ port: listener.port, ca: "", caFile: "" });
      const [cause] = result.verdict.causes;
      assert.equal(result.stages.find(({ status }) => status === "failed")?.name, "tls");
      assert.equal(cause?.rule, rule);
      assert.match(cause?.message ?? "", says);
    } finally {
      await listener.close();
    }
  });
}
