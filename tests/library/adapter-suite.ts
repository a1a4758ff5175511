/** Each adapter's entry with its client, against the emulator on real TLS: of the built package, on the oldest Node. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { GlideClient, Logger } from "@valkey/valkey-glide";
import { Redis as IoRedis } from "ioredis";
import { Redis as IoValkey } from "iovalkey";
import { createClient } from "redis";
import type * as Glide from "../../src/client/glide.ts";
import type * as IoRedisAdapter from "../../src/client/ioredis.ts";
import type * as IoValkeyAdapter from "../../src/client/iovalkey.ts";
import type * as NodeRedis from "../../src/client/node-redis.ts";
import type * as Library from "../../src/index.ts";

export interface Adapters {
  readonly library: typeof Library;
  readonly nodeRedis: typeof NodeRedis;
  readonly ioredis: typeof IoRedisAdapter;
  readonly iovalkey: typeof IoValkeyAdapter;
  readonly glide: typeof Glide;
}

type Provider = Library.TokenProvider;

export function adapterSuite({ library, nodeRedis, ioredis, iovalkey, glide }: Adapters): void {
  const { startEmulator, tokenProvider } = library;
  // It logs to stdout.
  Logger.setLoggerConfig("off");

  /** Calls `whoami` until the emulator has let the live connection in twice: at its connect, and again. */
  const adapter = (
    name: string,
    start: (
      emulator: Library.Emulator,
      provider: Provider,
    ) => Promise<readonly [() => Promise<unknown>, () => unknown]>,
  ) =>
    test(`package: ${name} logs in with a provider's token, and again while it is connected`, async () => {
      await using emulator = await startEmulator();
      const { target, user, credentials, decisions } = emulator;
      await using provider = tokenProvider({ target, user, credentials });
      const [whoami, end] = await start(emulator, provider);
      let logins = 0;
      assert.equal(String(await whoami()), user);
      for await (const { accepted } of decisions) {
        assert.ok(accepted);
        logins += 1;
        if (logins === 2) break;
      }
      assert.equal(String(await whoami()), user);
      assert.equal(provider.counters().refreshes, 1);
      await end();
    });

  const often = { everySeconds: 0.05 };

  adapter("cacheauth/node-redis", async ({ endpoint, ca }, provider) => {
    const client = createClient({
      socket: { ...endpoint, tls: true, ca: ca ?? "" },
      credentialsProvider: nodeRedis.credentialsProvider(provider, often),
    });
    client.on("error", () => {});
    await nodeRedis.explainErrors(client, provider).connect();
    return [() => client.sendCommand(["ACL", "WHOAMI"]), () => client.close()];
  });

  adapter("cacheauth/ioredis", async ({ endpoint, ca }, provider) => {
    const made = new IoRedis({ ...endpoint, tls: { ca: ca ?? "" }, lazyConnect: true });
    const client = ioredis.keepAuthenticated(made, provider, often);
    return [() => client.call("ACL", "WHOAMI"), () => client.quit()];
  });

  adapter("cacheauth/iovalkey", async ({ endpoint, ca }, provider) => {
    const made = new IoValkey({ ...endpoint, tls: { ca: ca ?? "" }, lazyConnect: true });
    const client = iovalkey.keepAuthenticated(made, provider, often);
    return [() => client.call("ACL", "WHOAMI"), () => client.quit()];
  });

  adapter("cacheauth/glide", async ({ endpoint, ca }, provider) => {
    const client = await GlideClient.createClient({
      addresses: [{ ...endpoint }],
      useTLS: true,
      credentials: { username: provider.user, password: await provider() },
      advancedConfiguration: { connectionTimeout: 10_000, tlsAdvancedConfiguration: { rootCertificates: ca ?? "" } },
    });
    const kept = glide.keepAuthenticated(client, provider, often);
    const end = () => {
      kept.stop();
      client.close();
    };
    return [() => client.customCommand(["ACL", "WHOAMI"]), end];
  });

  test("package: an adapter's entry needs no client to be imported, nor any other package", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cacheauth-alone-"));
    try {
      const dist = dirname(fileURLToPath(import.meta.resolve("cacheauth")));
      const alone = join(folder, "node_modules/cacheauth");
      cpSync(dist, join(alone, "dist/npm"), { recursive: true });
      cpSync(join(dist, "../../package.json"), join(alone, "package.json"));
      const entries = ["", "/node-redis", "/ioredis", "/iovalkey", "/glide"].map((entry) => `cacheauth${entry}`);
      const program = `for (const entry of ${JSON.stringify(entries)}) console.log(Object.keys(await import(entry)).join());`;
      const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], {
        cwd: folder,
      });
      const [index = "", ...others] = stdout.trimEnd().split("\n");
      assert.match(index, /tokenProvider/);
      assert.deepEqual(others, [
        "credentialsProvider,explainErrors",
        "keepAuthenticated",
        "keepAuthenticated",
        "keepAuthenticated",
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
