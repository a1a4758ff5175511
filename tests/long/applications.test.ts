/**
 * Hours of a connection's life in seconds: tokens that live six seconds, connections that are ended five seconds after their
 * last login, and applications that send commands without a pause, on real TLS.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { type Emulator, startEmulator } from "../../src/index.ts";
import { cleanEnv, withDirectory } from "../app/program.ts";
import { openDoor } from "../fakes/door.ts";
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
          const { answered: _, ...counts } = lived;
          const said = `${client}: ${JSON.stringify(counts)}, ${logins} connections, ${again} logins again`;
          console.log(`${where}: ${said}`);
          assert.deepEqual([lived.lost, lived.failures, refused], [{}, 0, 0], said);
          assert.ok(lived.commands > 100 && lived.refreshes >= 4, said);
          // GLIDE logs all its connections in at once, and takes that for one.
          const counted = client === "glide" ? again / cluster : again;
          assert.equal(lived.reauthentications, counted, said);
          assert.ok(again >= 7 * cluster, said);
        }),
      );
    });
  }
}

for (const [runtime, command] of Object.entries(runtimes)) {
  for (const cluster of [1, 3]) {
    const where = `${runtime}, ${cluster === 1 ? "standalone" : "a cluster of three"}`;
    test(`applications: ${where}: ended every two seconds, each comes back by itself with a token that is good`, async () => {
      await Promise.all(
        clients.map(async (client) => {
          const { lived, logins, refused } = await run(client, command, cluster, {
            tokenSeconds: 6,
            everySeconds: 39_600,
            seconds: 12,
            connectionLifetime: 2,
          });
          const { answered: _, ...counts } = lived;
          const said = `${client}: ${JSON.stringify(counts)}, ${logins} connections`;
          console.log(`${where}: ${said}`);
          assert.ok(logins >= 5 * cluster && lived.commands > 100 && lived.reauthentications === 0, said);
          assert.deepEqual([refused, Object.keys(lived.lost).filter((what) => /WRONGPASS|NOAUTH/.test(what))], [0, []]);
          // Those that were under way when a connection was ended, at most: four at a time.
          const lost = Object.values(lived.lost).reduce((sum, count) => sum + count, 0);
          assert.ok(lost <= 4 * logins, said);
        }),
      );
    });
  }
}

/** What the cache does, and for how many seconds; where the applications must work again at the end, they have to. */
const troubles = [
  ["well", 4],
  ["gone", 3],
  ["well", 4],
  ["throttled", 30],
  ["well", 8],
  ["rotated", 15],
] as const;

for (const [runtime, command] of Object.entries(runtimes)) {
  test(`applications: ${runtime}: a cache that goes, comes, throttles for half a minute, and then knows another key alone`, async () => {
    await using well = await startEmulator();
    await using throttled = await startEmulator({ credentials: well.credentials, fault: "throttle:1" });
    const rotatedKeys = {
      accessKeyId: "AKIARTX3GSDSQBQENPOI",
      secretAccessKey: "throwaway/of-the-key-that-comes-after",
    };
    await using rotated = await startEmulator({ credentials: rotatedKeys });
    const ports = { well, throttled, rotated };
    const doors = clients.map(() => openDoor());
    await withDirectory(async (directory) => {
      const keysFile = join(directory, "keys.json");
      writeFileSync(keysFile, JSON.stringify(well.credentials), { mode: 0o600 });
      const seconds = troubles.reduce((sum, [, lasts]) => sum + lasts, 0);
      const ca = [well.ca, throttled.ca, rotated.ca].join("");
      const lives = clients.map(async (client, index) => {
        const door = await doors[index];
        door?.leadTo(well.endpoint.port);
        const times = { tokenSeconds: 900, everySeconds: 39_600, seconds };
        const here = { host: "127.0.0.1", port: door?.port ?? 0, ca, cluster: false, user: well.user, keysFile };
        return [client, await livedBy(client, command, { ...here, ...times })] as const;
      });
      const goodUntil: number[] = [];
      for (const [trouble, lasts] of troubles) {
        if (trouble === "rotated") writeFileSync(keysFile, JSON.stringify(rotatedKeys), { mode: 0o600 });
        for (const door of doors) (await door).leadTo(trouble === "gone" ? null : ports[trouble].endpoint.port);
        await new Promise((resolve) => setTimeout(resolve, lasts * 1_000));
        if (trouble === "well" || trouble === "rotated") goodUntil.push(Math.floor(Date.now() / 1_000));
      }
      for (const [client, { commands, lost, refreshes, answered }] of await Promise.all(lives)) {
        console.log(`${runtime}: ${client}: ${JSON.stringify({ commands, lost, refreshes })}`);
        // A standalone client of GLIDE takes no other token while it reconnects.
        for (const second of client === "glide" ? goodUntil.slice(0, -1) : goodUntil) {
          // The first phase has the start of the process in it.
          const last = [1, 2].reduce((sum, before) => sum + (answered[second - before] ?? 0), 0);
          assert.ok(
            last > 0,
            `${client} did not work again after ${JSON.stringify(troubles)}: ${JSON.stringify({ second, answered, lost })}`,
          );
        }
      }
    });
    for (const door of doors) (await door).close();
  });
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
  return await withDirectory(async (directory) => {
    const keysFile = join(directory, "keys.json");
    writeFileSync(keysFile, JSON.stringify(credentials), { mode: 0o600 });
    const counted = countLogins(emulator);
    const lived = await livedBy(client, command, {
      ...{ ...endpoint, ca: ca ?? "", cluster: cluster > 1, user, keysFile },
      ...own,
    });
    await emulator.close();
    return { lived, ...(await counted) };
  });
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

function livedBy(client: (typeof clients)[number], command: readonly string[], life: Life): Promise<Lived> {
  const [program = "", ...before] = command;
  const args = [...before, join(import.meta.dirname, `applications/${client}.ts`)];
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
