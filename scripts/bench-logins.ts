/**
 * A thousand logins over TLS at once against `emulate`, all held open together; several times, for what is left in
 * memory. The clients are a process of their own, on the same machine and the same cores. Called by bench.ts.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { type Listening, residentMb, withEmulate } from "./bench-emulate.ts";

const root = dirname(import.meta.dirname);
const logins = 1_000;
const rounds = 3;

/** What the clients saw of one round: how many were answered PONG, and in how many seconds all of them. */
interface Round {
  readonly ok: number;
  readonly seconds: number;
}

export async function benchLogins(env: Readonly<Record<string, string>>): Promise<void> {
  console.log(
    `\n| ${logins.toLocaleString("en")} logins over TLS held at once, ${rounds} times | lost | logins a second | MB idle | MB held | MB at most |`,
  );
  console.log("|---|---|---|---|---|---|");
  for (const [name, command] of [
    ["cacheauth emulate", [join(root, "dist/cacheauth")]],
    ["the npm package on Node", [join(root, "node_modules/.bin/node"), join(root, "dist/npm/main.js")]],
  ] as const) {
    if (!existsSync(command.at(-1) ?? "")) continue;
    const { lost, rate, idle, held, peak } = await withEmulate(command, env, measured);
    console.log(`| ${name} | ${lost} | ${rate.toFixed(0)} | ${shown(idle)} | ${shown(held)} | ${shown(peak)} |`);
  }
  console.log("| asked for | 0 | | | | |");
}

async function measured(listening: Listening) {
  const { pid } = listening;
  const idle = residentMb(pid)?.now ?? null;
  const clients = spawn(join(root, "node_modules/.bin/node"), [join(import.meta.dirname, "bench-clients.ts")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: clients.stdout })[Symbol.asyncIterator]();
  const ended = once(clients, "exit");
  clients.stdin.write(`${JSON.stringify({ ...listening, logins, rounds })}\n`);
  const rates: number[] = [];
  let ok = 0;
  let held: number | null = null;
  for (let round = 0; round < rounds; round += 1) {
    const { value } = await lines.next();
    if (value === undefined) throw new Error("the clients ended early");
    const seen: Round = JSON.parse(value);
    ok += seen.ok;
    rates.push(seen.ok / seen.seconds);
    held = residentMb(pid)?.now ?? null;
    // They hold their connections until they are told to go on.
    clients.stdin.write("\n");
  }
  clients.stdin.end();
  await ended;
  rates.sort((a, b) => a - b);
  const rate = rates[Math.floor(rounds / 2)] ?? Number.NaN;
  return { lost: logins * rounds - ok, rate, idle, held, peak: residentMb(pid)?.peak ?? null };
}

function shown(megabytes: number | null): string {
  return megabytes === null ? "" : megabytes.toFixed(0);
}
