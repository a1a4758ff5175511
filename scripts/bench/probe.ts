/**
 * What `probe` adds to the network's own time: whole processes that log in to the same server over TLS, in turn with an
 * executable of the least that can do so, built with the same flags.
 */
import { createToken } from "../../src/index.ts";
import { type Listening, withEmulate } from "./emulate.ts";
import { executable } from "./executable.ts";
import { inTurn, type Measured, type Started } from "./in-turn.ts";
import { cacheauth, env, program } from "./surroundings.ts";

interface Row extends Started {
  readonly limit: string;
}

export async function benchProbe(rounds: number): Promise<void> {
  const least = await executable("minimal-client", program("minimal-client.ts"));
  const rows = await withEmulate([cacheauth], env, (listening) => measured(least, listening, rounds));
  const [base = 0] = rows.map(({ ms }) => ms);
  console.log(
    "| log in over TLS and PING, whole process, median | ms | more than the least | asked for |\n|---|---|---|---|",
  );
  for (const { started, ms } of rows) {
    console.log(`| ${started.name} | ${ms.toFixed(1)} | ${(ms - base).toFixed(1)} | ${started.limit} |`);
  }
}

async function measured(
  least: string,
  { endpoint, user, target, caFile, credentials }: Listening,
  rounds: number,
): Promise<readonly Measured<Row>[]> {
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
  const rows: readonly Row[] = [
    { name: "the least", command: [least], limit: "" },
    {
      name: "cacheauth probe with a token handed in",
      command: [...probe, "--token-env", "BENCH_TOKEN"],
      limit: "at most 15",
    },
    { name: "cacheauth probe with keys in the environment", command: probe, limit: "at most 15" },
  ];
  return inTurn(rows, rounds, all);
}
