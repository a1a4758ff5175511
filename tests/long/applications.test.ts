/**
 * Hours of a connection's life in seconds: tokens that live six seconds, connections that are ended five seconds after their
 * last login, and applications that send commands without a pause, on real TLS.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { type Emulator, startEmulator } from "../../src/index.ts";
import { withDirectory } from "../app/program.ts";
import type { Life } from "./applications/application.ts";
import { type ClientName, clients, livedBy, runtimes, writeWorld } from "./applications/living.ts";

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

async function run(
  client: ClientName,
  command: readonly string[],
  cluster: number,
  times: Pick<Life, "tokenSeconds" | "everySeconds" | "seconds"> & { readonly connectionLifetime: number },
) {
  const { connectionLifetime, ...own } = times;
  await using emulator = await startEmulator({ connectionLifetime, ...(cluster > 1 && { cluster }) });
  const { endpoint, credentials, user, ca } = emulator;
  return await withDirectory(async (directory) => {
    const worldFile = join(directory, "world.json");
    writeWorld(worldFile, { keys: credentials });
    const counted = countLogins(emulator);
    const lived = await livedBy(client, command, {
      ...{ ...endpoint, ca: ca ?? "", cluster: cluster > 1, user, worldFile },
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
