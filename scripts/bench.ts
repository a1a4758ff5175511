/**
 * What a token costs, and a login, as tables; ratios are within this run. Usage: npm run bench (after npm run build)
 *
 * Whole processes are started in turn, round after round, so that a busy moment falls on all of them; medians. The
 * floor is an executable of an empty file, built here with the same flags. The AWS toolkit's command joins where pip
 * can install it.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { benchLogins } from "./bench-logins.ts";
import { benchProbe } from "./bench-probe.ts";

const root = dirname(import.meta.dirname);
const rounds = Number(process.argv[2] ?? 40);
const scratch = mkdtempSync(join(tmpdir(), "cacheauth-bench-"));
const keys = {
  AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};
const env = { PATH: process.env["PATH"] ?? "", HOME: scratch, AWS_EC2_METADATA_DISABLED: "true", ...keys };
const token = ["token", "master.my-cache.abc123.use1.cache.amazonaws.com", "-u", "my-user"];

try {
  await wholeProcesses();
  inOneProcess();
  await benchLogins(env);
  freshConnections();
  await benchProbe(
    env,
    await executable("minimal-client", join(import.meta.dirname, "bench-minimal-client.ts")),
    rounds,
  );
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function freshConnections(): void {
  const { stdout, stderr, status } = spawnSync(
    join(root, "node_modules/.bin/node"),
    [join(import.meta.dirname, "bench-adapter.ts")],
    { env, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`bench-adapter.ts ended with ${status}: ${stderr}`);
  console.log(`\n${stdout.trimEnd()}`);
}

async function wholeProcesses(): Promise<void> {
  const floor = await emptyExecutable();
  const cacheauth = join(root, "dist/cacheauth");
  const deno = join(root, "dist/cacheauth-deno");
  const toolkit = toolkitCommand();
  const rows: readonly (readonly [name: string, command: readonly string[], limit: string])[] = [
    ["an empty Bun executable", [floor], ""],
    ["cacheauth --version", [cacheauth, "--version"], "at most 1.3"],
    ["cacheauth token, keys in the environment", [cacheauth, ...token], "at most 2.0"],
    ["cacheauth token --json", [cacheauth, ...token, "--json"], ""],
    ["cacheauth lint of a piped token", [cacheauth, "lint"], "at most 1.3 x token"],
    ...(existsSync(deno) ? [["cacheauth-deno token", [deno, ...token], ""] as const] : []),
    ["the npm package on Node", [join(root, "node_modules/.bin/node"), join(root, "dist/npm/main.js"), ...token], ""],
    ...(toolkit ? [["the AWS toolkit's command", toolkit, "at least 20 x token"] as const] : []),
  ];
  const made = spawnSync(cacheauth, token, { env, encoding: "utf8" }).stdout;
  const times = rows.map(() => [] as number[]);
  for (let round = -2; round < rounds; round += 1) {
    for (const [index, [name, command]] of rows.entries()) {
      // The slow one in fewer rounds.
      if (name.startsWith("the AWS") && round % 4 !== 0) continue;
      const [program = "", ...args] = command;
      const start = performance.now();
      const { status, stderr } = spawnSync(program, args, {
        env,
        encoding: "utf8",
        ...(args[0] === "lint" ? { input: made } : {}),
      });
      const took = performance.now() - start;
      if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
      if (round >= 0) times[index]?.push(took);
    }
  }
  const medians = times.map(median);
  const [base = 1] = medians;
  const tokenMs = medians[2] ?? 1;
  console.log("| whole process, median | ms | x the floor | asked for |\n|---|---|---|---|");
  for (const [index, [name, , limit]] of rows.entries()) {
    const ms = medians[index] ?? 0;
    const seen = limit.includes("x token") ? `${limit} (here ${(ms / tokenMs).toFixed(2)})` : limit;
    console.log(`| ${name} | ${ms.toFixed(1)} | ${(ms / base).toFixed(2)} | ${seen} |`);
  }
}

function inOneProcess(): void {
  console.log(
    "\n| in one process | signed a second | judged a second | provider() a second | bytes a call of it | lint of 1 MiB, ms | whole search of verify, ms |",
  );
  console.log("|---|---|---|---|---|---|---|");
  // No garbage is collected of what three million calls can make.
  const young = "--min-semi-space-size=1024,--max-semi-space-size=1024";
  for (const [name, command, uncollected] of [
    ["Bun", ["bun"], []],
    ["Node", ["node"], young.split(",")],
    ["Deno", ["deno", "run", "--allow-all", "--no-check"], [`--v8-flags=${young}`]],
  ] as const) {
    const [program, ...args] = command;
    const measured = (script: string, flags: readonly string[], own = {}) => {
      const { stdout, stderr, status } = spawnSync(
        join(root, "node_modules/.bin", program),
        [...args, ...flags, join(import.meta.dirname, script)],
        { env: { ...env, ...own }, encoding: "utf8", cwd: root },
      );
      if (status !== 0) throw new Error(`${name}: ${stdout}${stderr}`);
      return JSON.parse(stdout);
    };
    const { signed, judged, provided, largeMs, searchMs } = measured("bench-library.ts", []);
    const bytes = measured("bench-allocation.ts", uncollected, { BUN_JSC_useGC: "0" });
    const count = (value: number) => value.toLocaleString("en");
    console.log(
      `| ${name} | ${count(signed)} | ${count(judged)} | ${count(provided)} | ${bytes} | ${largeMs.toFixed(1)} | ${searchMs.toFixed(1)} |`,
    );
  }
  console.log(
    "| asked for, on Bun | at least 20,000 | at least 20,000 | over 5,000,000 | none worth naming | at most 50 | at most 50 |",
  );
}

async function emptyExecutable(): Promise<string> {
  const source = join(scratch, "empty.ts");
  writeFileSync(source, "export {};\n");
  return executable("empty", source);
}

/** Built with the flags that dist/cacheauth is built with. */
async function executable(name: string, source: string): Promise<string> {
  const outfile = join(scratch, name);
  const { success } = await Bun.build({
    entrypoints: [source],
    minify: true,
    bytecode: true,
    splitting: true,
    format: "esm",
    target: "bun",
    compile: { outfile, autoloadDotenv: false, autoloadBunfig: false },
  });
  if (!success) throw new Error(`the executable ${name} was not built`);
  return outfile;
}

/** In a venv of its own; null where Python or PyPI cannot be had, which is said. */
function toolkitCommand(): readonly string[] | null {
  const venv = join(scratch, "venv");
  const made = spawnSync("python3", ["-m", "venv", venv]).status === 0;
  const pip =
    made &&
    spawnSync(join(venv, "bin/pip"), ["install", "--quiet", "developer-toolkit-elasticache==1.1.0"], {
      encoding: "utf8",
    }).status === 0;
  if (!pip) {
    console.log("not measured: the AWS toolkit's command, which could not be installed here");
    return null;
  }
  const flags = ["--replication-group-id", "my-cache", "--user-id", "my-user", "--region", "us-east-1"];
  return [join(venv, "bin/developer-toolkit-elasticache"), "generate_iam_auth_token", ...flags];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
