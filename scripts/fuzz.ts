/**
 * Runs the properties of reading and judging tokens on Bun, round after round with new seeds, until one fails or the
 * seconds are over. Usage: bun scripts/fuzz.ts [SECONDS]
 */
import { spawnSync } from "node:child_process";
import { dirname } from "node:path";

const root = dirname(import.meta.dirname);
const seconds = Number(process.argv[2] ?? 60);
const end = performance.now() + seconds * 1000;
let rounds = 0;
while (performance.now() < end) {
  // A search of verify is dear: its properties keep their own number of tries.
  const runs: readonly (readonly [env: Record<string, string>, files: readonly string[]])[] = [
    [{ CACHEAUTH_FUZZ_RUNS: "100000" }, ["./tests/lint/properties.test.ts", "./tests/token/foreign.test.ts"]],
    [{}, ["./tests/token/verify.test.ts"]],
  ];
  for (const [env, files] of runs) {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["test", "--timeout", "600000", ...files], {
      cwd: root,
      env: { ...process.env, ...env },
      encoding: "utf8",
    });
    if (status === 0) continue;
    console.error(stdout + stderr);
    console.error(`fuzz: failed in round ${rounds + 1}`);
    process.exit(1);
  }
  rounds += 1;
}
console.log(`fuzz: ${rounds} rounds in ${seconds} s, nothing found`);
