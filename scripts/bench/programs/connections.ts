/**
 * What a fresh connection costs with cacheauth/ioredis over one with a password that stays, both on TLS against an emulator in this
 * process, in turn. Run by connections.ts
 */
import { Redis } from "ioredis";
import { keepAuthenticated } from "../../../src/client/ioredis.ts";
import { createToken, startEmulator, tokenProvider } from "../../../src/index.ts";

const rounds = Number(process.argv[2] ?? 300);
const emulator = await startEmulator();
const { user, credentials } = emulator;
const target = { replicationGroupId: emulator.target.name };
const { region } = emulator.target;
const provider = tokenProvider({ target, region, user, credentials });
await provider();
const { token } = await createToken({ target, region, user, credentials });
const options = { ...emulator.endpoint, tls: { ca: emulator.ca ?? "" }, lazyConnect: true };

const times: Record<"fixed" | "kept", number[]> = { fixed: [], kept: [] };
for (let round = -20; round < rounds; round += 1) {
  for (const name of round % 2 === 0 ? (["fixed", "kept"] as const) : (["kept", "fixed"] as const)) {
    const start = performance.now();
    const redis =
      name === "kept"
        ? keepAuthenticated(new Redis(options), provider)
        : new Redis({ ...options, username: user, password: token ?? "" });
    await redis.ping();
    if (round >= 0) times[name].push(performance.now() - start);
    await redis.quit();
  }
}
await provider.close();
await emulator.close();

const [fixed, kept] = [median(times.fixed), median(times.kept)];
console.log("| a fresh connection of ioredis, median | ms | asked for |\n|---|---|---|");
console.log(`| with a password that stays | ${fixed.toFixed(2)} | |`);
console.log(`| with cacheauth/ioredis | ${kept.toFixed(2)} | at most 1 ms more (here ${(kept - fixed).toFixed(2)}) |`);

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
