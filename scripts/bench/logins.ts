/**
 * A thousand logins over TLS at once against `emulate`, all held open together; several times, for what is left in
 * memory. The clients are a process of their own, on the same machine and the same cores.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { type Listening, residentMb, withEmulate } from "./emulate.ts";
import { cacheauth, env, npmPackage, program, runtime } from "./surroundings.ts";

const logins = 1_000;
const rounds = 3;

/** What the clients saw of one round: how many were answered PONG, and in how many seconds all of them. */
interface Round {
  readonly ok: number;
  readonly seconds: number;
}

export async function benchLogins(): Promise<void> {
  console.log(
    `| ${logins.toLocaleString("en")} logins over TLS held at once, ${rounds} times | lost | logins a second | MB idle | MB held | MB at most |`,
  );
  console.log("|---|---|---|---|---|---|");
  for (const [name, command] of [
    ["cacheauth emulate", [cacheauth]],
    ["the npm package on Node", npmPackage],
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
  const clients = spawn(runtime("node"), [program("clients.ts")], {
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
