/**
 * What goes wrong around an application while it sends commands without a pause: a cache that goes, an STS that is down, keys
 * that are withdrawn, a clock that is set. What is lost is counted and told; afterwards each client works again by itself.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { type Emulator, startEmulator } from "../../src/index.ts";
import { withFake } from "../app/aws-servers.ts";
import { withDirectory } from "../app/program.ts";
import { openDoor } from "../fakes/door.ts";
import type { Lived, World } from "./applications/application.ts";
import { clients, livedBy, runtimes, writeWorld } from "./applications/living.ts";

/** `works`: a client has to work when it ends. */
type Phase = readonly [name: string, seconds: number, works: "works" | "may not"];

const cachePhases: readonly Phase[] = [
  ["well", 6, "works"],
  ["gone", 3, "may not"],
  ["back", 6, "works"],
  ["throttled", 30, "may not"],
  ["no more throttled", 8, "works"],
  ["another key alone", 15, "works"],
];

for (const [runtime, command] of Object.entries(runtimes)) {
  test(`chaos: ${runtime}: a cache that goes, comes, throttles for half a minute, and then knows another key alone`, async () => {
    const phases = phasesOn(runtime, cachePhases);
    await using well = await startEmulator();
    const { credentials, endpoint, user } = well;
    await using throttled = await startEmulator({ credentials, fault: "throttle:1" });
    await using rotated = await startEmulator({ credentials: nextKeys });
    const ca = [well.ca, throttled.ca, rotated.ca].join("");
    const doors = await Promise.all(clients.map(() => openDoor(endpoint.port)));
    const leadTo = (emulator: Emulator | null) => {
      for (const door of doors) door.leadTo(emulator?.endpoint.port ?? null);
    };
    await withDirectory(async (directory) => {
      const worldFile = join(directory, "world.json");
      writeWorld(worldFile, { keys: credentials });
      const times = { tokenSeconds: 900, everySeconds: 39_600, seconds: secondsOf(phases) + slackSeconds };
      const ready = allReady();
      const lives = clients.map((client, index) => {
        const here = { host: "127.0.0.1", port: doors[index]?.port ?? 0, ca, cluster: false, user, worldFile };
        return livedBy(client, command, { ...here, ...times }, ready.ready);
      });
      await Promise.race([ready.promise, Promise.all(lives)]);
      const passed = await goThrough(phases, {
        gone: () => leadTo(null),
        back: () => leadTo(well),
        throttled: () => leadTo(throttled),
        "no more throttled": () => leadTo(well),
        "another key alone"() {
          writeWorld(worldFile, { keys: nextKeys });
          leadTo(rotated);
        },
      });
      for (const [index, lived] of (await Promise.all(lives)).entries()) {
        const client = clients[index] ?? "";
        // A standalone client of GLIDE takes no other token while it reconnects.
        const due = client === "glide" ? passed.slice(0, -1) : passed;
        tell(`${runtime}: ${client}`, lived, passed);
        assertWorked(client, lived, due);
      }
    });
    for (const door of doors) door.close();
  });
}

const aroundPhases: readonly Phase[] = [
  ["well", 6, "works"],
  ["STS is down", 60, "may not"],
  ["STS is back", 40, "works"],
  ["another key", 12, "works"],
  ["the clock is ten minutes ahead", 8, "may not"],
  ["the clock is right", 15, "works"],
  ["the clock is ten minutes behind", 8, "may not"],
  ["the clock is right again", 15, "works"],
];

for (const [runtime, command] of Object.entries(runtimes)) {
  test(`chaos: ${runtime}: STS down for a minute, another key, the clock set ten minutes ahead and ten minutes back`, async () => {
    const phases = phasesOn(runtime, aroundPhases);
    const start = Date.now();
    const untilNextKey = secondsOf(phases.slice(0, 3));
    // Both count for a while, as AWS's do.
    const first = {
      ...temporary(1),
      expiresAt: new Date(start + (slackSeconds + untilNextKey + 8) * 1_000).toISOString(),
    };
    const second = { ...temporary(2), expiresAt: new Date(start + 3_600_000).toISOString() };
    let handed = first;
    const answer = () => handed;
    await withFake(
      (_, response) => void response.writeHead(200, { "content-type": "text/xml" }).end(assumed(answer())),
      async (sts) => {
        const door = await openDoor(sts.port);
        const world: World = { sts: `http://127.0.0.1:${door.port}` };
        await withDirectory(async (directory) => {
          const worldFile = join(directory, "world.json");
          writeWorld(worldFile, world);
          const times = { tokenSeconds: 40, everySeconds: 2, seconds: secondsOf(phases) + slackSeconds };
          const ready = allReady();
          const lives = clients.map(async (client) => {
            // GLIDE's standalone client takes no other token while it reconnects.
            const cluster = client === "glide" ? { cluster: 3 } : {};
            const users = { users: ["my-user"], keys: [first, second] };
            await using emulator = await startEmulator({ users, connectionLifetime: 4, ...cluster });
            const { endpoint, ca, user } = emulator;
            const here = { ...endpoint, ca: ca ?? "", cluster: client === "glide", user, worldFile };
            return [client, await livedBy(client, command, { ...here, ...times }, ready.ready)] as const;
          });
          await Promise.race([ready.promise, Promise.all(lives)]);
          const passed = await goThrough(phases, {
            "STS is down": () => door.leadTo(null),
            "STS is back": () => door.leadTo(sts.port),
            "another key"() {
              handed = second;
            },
            "the clock is ten minutes ahead": () => writeWorld(worldFile, { ...world, clockAheadMs: 600_000 }),
            "the clock is right": () => writeWorld(worldFile, world),
            "the clock is ten minutes behind": () => writeWorld(worldFile, { ...world, clockAheadMs: -600_000 }),
            "the clock is right again": () => writeWorld(worldFile, world),
          });
          for (const [client, lived] of await Promise.all(lives)) {
            tell(`${runtime}: ${client}`, lived, passed);
            assertWorked(client, lived, passed);
            for (const { name, from, to } of passed) {
              if (name === "well" || name === "another key") assert.equal(count(lived.lostAt, from, to), 0, name);
            }
          }
        });
        door.close();
      },
    );
  });
}

const nextKeys = { accessKeyId: "AKIARTX3GSDSQBQENPOI", secretAccessKey: "throwaway/of-the-key-that-comes-after" };

const temporary = (number: number) => ({
  accessKeyId: `ASIAQNZGKIQY56JQ7WM${number}`,
  secretAccessKey: `throwaway/of-the-role-${number}`,
  sessionToken: `throwaway/session+of-the-role-${number}==`,
});

/** What STS answers to AssumeRole. A fake: it gives the keys to anybody. */
function assumed({ accessKeyId, secretAccessKey, sessionToken, expiresAt }: Readonly<Record<string, string>>): string {
  return `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
    <AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey>
    <SessionToken>${sessionToken}</SessionToken><Expiration>${expiresAt}</Expiration>
    </Credentials></AssumeRoleResult></AssumeRoleResponse>`;
}

/** Node goes through the whole; on the others, whose clients are the same code, what is long is a third of it. */
function phasesOn(runtime: string, phases: readonly Phase[]): readonly Phase[] {
  if (runtime === "node") return phases;
  return phases.map(([name, seconds, works]) => [name, seconds > 20 ? Math.ceil(seconds / 3) + 5 : seconds, works]);
}

const secondsOf = (phases: readonly Phase[]) => phases.reduce((sum, [, seconds]) => sum + seconds, 0);

/** One client may be ready that much later than another. */
const slackSeconds = 20;

function allReady() {
  const { promise, resolve } = Promise.withResolvers<void>();
  let left = clients.length;
  const ready = () => {
    left -= 1;
    if (left === 0) resolve();
  };
  return { promise, ready };
}

interface Passed {
  readonly name: string;
  readonly works: boolean;
  /** Seconds since 1970. */
  readonly from: number;
  readonly to: number;
}

async function goThrough(phases: readonly Phase[], begin: Readonly<Record<string, () => void>>): Promise<Passed[]> {
  const passed: Passed[] = [];
  for (const [name, seconds, works] of phases) {
    const from = Math.ceil(Date.now() / 1_000);
    begin[name]?.();
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
    passed.push({ name, works: works === "works", from, to: Math.floor(Date.now() / 1_000) });
  }
  return passed;
}

function count(counts: Readonly<Record<string, number>>, from: number, to: number): number {
  let sum = 0;
  for (let second = from; second < to; second += 1) sum += counts[second] ?? 0;
  return sum;
}

function tell(who: string, lived: Lived, passed: readonly Passed[]): void {
  const { commands, lost, reauthentications, failures, refreshes, answered, lostAt } = lived;
  console.log(`${who}: ${JSON.stringify({ commands, reauthentications, failures, refreshes, lost })}`);
  for (const { name, from, to } of passed) {
    console.log(`${who}: ${name}: ${count(answered, from, to)} answered, ${count(lostAt, from, to)} lost`);
  }
}

function assertWorked(client: string, lived: Lived, passed: readonly Passed[]): void {
  for (const { name, works, to } of passed) {
    if (works) assert.ok(count(lived.answered, to - 2, to) > 0, `${client} does not work at the end of "${name}"`);
  }
}
