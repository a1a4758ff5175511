/**
 * Hours of a connection's life in seconds: tokens that live six seconds, connections that are ended five seconds after their
 * last login, and applications that send commands without a pause, on real TLS.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { type Emulator, startEmulator } from "../../src/index.ts";
import { cleanEnv } from "../app/program.ts";
import type { Life, Lived } from "./applications/application.ts";

const root = dirname(dirname(import.meta.dirname));
const bin = (name: string) => join(root, "node_modules/.bin", name);
const runtimes = {
  node: [bin("node")],
  bun: [bin("bun")],
  deno: [bin("deno"), "run", "--allow-all", "--no-check", "--quiet"],
};
const clients = ["node-redis", "ioredis", "iovalkey", "glide"] as const;

for (const [runtime, command] of Object.entries(runtimes)) {
  for (const cluster of [1, 3]) {
    const where = `${runtime}, ${cluster === 1 ? "standalone" : "a cluster of three"}`;
    test(`applications: ${where}: logged in again in time, no connection ends and no command is lost`, async () => {
      await Promise.all(
        clients.map(async (client) => {
          const { lived, logins, again, refused } = await run(client, command, cluster, {
            tokenSeconds: 6,
            everySeconds: 2,
            seconds: 20,
            connectionLifetime: 5,
          });
          const said = `${client}: ${JSON.stringify(lived)}, ${logins} connections, ${again} logins again`;
          console.log(`${where}: ${said}`);
          assert.deepEqual([lived.lost, lived.failures, refused], [{}, 0, 0], said);
          assert.ok(lived.commands > 100 && lived.refreshes >= 4, said);
          assert.equal(lived.reauthentications, again, said);
          assert.ok(again >= 7 * cluster, said);
        }),
      );
    });
  }
}

async function run(
  client: (typeof clients)[number],
  command: readonly string[],
  cluster: number,
  times: Pick<Life, "tokenSeconds" | "everySeconds" | "seconds"> & { readonly connectionLifetime: number },
) {
  const { connectionLifetime, ...own } = times;
  await using emulator = await startEmulator({ connectionLifetime, ...(cluster > 1 && { cluster }) });
  const { endpoint, credentials, user, ca } = emulator;
  const { accessKeyId, secretAccessKey } = credentials;
  const life: Life = { ...endpoint, ca: ca ?? "", cluster: cluster > 1, user, accessKeyId, secretAccessKey, ...own };
  const counted = countLogins(emulator);
  const lived = await livedBy([...command, join(import.meta.dirname, `applications/${client}.ts`)], life);
  await emulator.close();
  return { lived, ...(await counted) };
}

async function countLogins(emulator: Emulator) {
  const connections = new Set<number>();
  let [again, refused] = [0, 0];
  for await (const { connection, accepted } of emulator.decisions) {
    if (!accepted) refused += 1;
    else if (connections.has(connection)) again += 1;
    else connections.add(connection);
  }
  return { logins: connections.size, again, refused };
}

function livedBy([program = "", ...args]: readonly string[], life: Life): Promise<Lived> {
  return new Promise((resolve, reject) => {
    // An application that is done ends by itself: it is given a few seconds.
    const timeout = (life.seconds + 30) * 1_000;
    const child = spawn(program, args, { cwd: root, env: cleanEnv("/nonexistent"), timeout, killSignal: "SIGKILL" });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0 && stderr === "") resolve(JSON.parse(stdout));
      else reject(new Error(`${args.at(-1)} ended with ${code ?? signal}: ${stdout}${stderr}`));
    });
    child.stdin.end(JSON.stringify(life));
  });
}
