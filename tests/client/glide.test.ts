/** valkey-glide at an endpoint that enforces IAM, on real TLS. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { GlideClient, Logger } from "@valkey/valkey-glide";
import { keepAuthenticated } from "../../src/client/glide.ts";
import { type Emulator, startEmulator, type TokenProvider, tokenProvider } from "../../src/index.ts";

// It logs to stdout.
Logger.setLoggerConfig("off");

async function clientOf({ endpoint, ca }: Emulator, provider: TokenProvider) {
  return GlideClient.createClient({
    addresses: [{ ...endpoint }],
    useTLS: true,
    credentials: { username: provider.user, password: await provider() },
    advancedConfiguration: { connectionTimeout: 10_000, tlsAdvancedConfiguration: { rootCertificates: ca ?? "" } },
  });
}

test("valkey-glide: logs in to a serverless cache, again while connected, and no more after its close", async () => {
  await using emulator = await startEmulator({ target: { kind: "serverless-cache", name: "my-cache" } });
  const { target, user, credentials } = emulator;
  await using provider = tokenProvider({ target, user, credentials });
  const client = await clientOf(emulator, provider);
  const thrice = Promise.withResolvers<void>();
  const kept = keepAuthenticated(client, provider, {
    everySeconds: 0.02,
    onReauthenticated: () => void (kept.counters().reauthentications === 3 && thrice.resolve()),
  });
  await thrice.promise;
  assert.equal(String(await client.customCommand(["ACL", "WHOAMI"])), user);
  kept.stop();
  client.close();
  await emulator.close();
  let logins = 0;
  for await (const { accepted } of emulator.decisions) {
    assert.ok(accepted);
    logins += 1;
  }
  assert.ok(logins >= 4);
});
