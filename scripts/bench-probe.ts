/**
 * What `probe` adds to the network's own time: whole processes that log in to the same server over TLS, in turn with an
 * executable of the least that can do so, built with the same flags. Called by bench.ts.
 */
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { createToken } from "../src/index.ts";
import { type Listening, withEmulate } from "./bench-emulate.ts";

const root = dirname(import.meta.dirname);

export async function benchProbe(
  env: Readonly<Record<string, string>>,
  minimal: string,
  rounds: number,
): Promise<void> {
  const cacheauth = join(root, "dist/cacheauth");
  const rows = await withEmulate([cacheauth], env, (listening) => measured(cacheauth, minimal, listening, env, rounds));
  const [base = 0] = rows.map(([, ms]) => ms);
  console.log(
    "\n| log in over TLS and PING, whole process, median | ms | more than the least | asked for |\n|---|---|---|---|",
  );
  for (const [name, ms, limit] of rows) {
    console.log(`| ${name} | ${ms.toFixed(1)} | ${(ms - base).toFixed(1)} | ${limit} |`);
  }
}

async function measured(
  cacheauth: string,
  minimal: string,
  { endpoint, user, target, caFile, credentials }: Listening,
  env: Readonly<Record<string, string>>,
  rounds: number,
): Promise<readonly (readonly [name: string, ms: number, limit: string])[]> {
  const { token } = await createToken({
    target: { replicationGroupId: target.name },
    region: target.region,
    user,
    credentials,
  });
  const all = {
    ...env,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    BENCH_HOST: endpoint.host,
    BENCH_PORT: `${endpoint.port}`,
    BENCH_CA: caFile,
    BENCH_USER: user,
    BENCH_TOKEN: String(token),
  };
  const named = ["--replication-group-id", target.name, "-u", user, "-r", target.region, "--ca", caFile];
  const probe = [cacheauth, "probe", `${endpoint.host}:${endpoint.port}`, ...named];
  const rows = [
    ["the least", [minimal], ""],
    ["cacheauth probe with a token handed in", [...probe, "--token-env", "BENCH_TOKEN"], "at most 15"],
    ["cacheauth probe with keys in the environment", probe, "at most 15"],
  ] as const;
  const times = rows.map(() => [] as number[]);
  for (let round = -2; round < rounds; round += 1) {
    for (const [index, [name, [program = "", ...args]]] of rows.entries()) {
      const start = performance.now();
      const { status, stdout, stderr } = spawnSync(program, args, { env: all, encoding: "utf8" });
      const took = performance.now() - start;
      if (status !== 0) throw new Error(`${name} ended with ${status}: ${stdout}${stderr}`);
      if (round >= 0) times[index]?.push(took);
    }
  }
  return rows.map(([name, , limit], index) => {
    const sorted = (times[index] ?? []).sort((a, b) => a - b);
    return [name, sorted[Math.floor(sorted.length / 2)] ?? Number.NaN, limit];
  });
}
