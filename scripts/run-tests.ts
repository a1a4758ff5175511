/**
 * Builds, checks, and runs the suites on every runtime; adds up the counts. Called by scripts/test.sh.
 * Usage: bun scripts/run-tests.ts [--long]
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = dirname(import.meta.dirname);
const bin = (name: string) => join(root, "node_modules/.bin", name);
const long = process.argv.includes("--long");
let passed = 0;
let failed = 0;
const notRun = new Set<string>();

/** The suite of the core: the same files on every runtime. */
const core = [
  "cli",
  "completion",
  "target",
  "token",
  "lint",
  "findings",
  "terminal",
  "aws",
  "library",
  "net",
  "resp",
  "emulate",
  "probe",
  "doctor",
  "walk",
  "policy",
  "judge",
  "session",
  "setup",
  "client",
  "host",
].map((folder) => `tests/${folder}`);
/** All test files of these folders; none at all would make Node run whatever it finds. */
function files(folders: readonly string[]): string[] {
  const found = folders.flatMap((folder) => [...new Bun.Glob(`${folder}/**/*.test.ts`).scanSync({ cwd: root })].sort());
  if (found.length === 0) throw new Error(`no tests in ${folders.join(", ")}`);
  return found;
}

// A private home, so that no test finds this machine's AWS files.
const home = mkdtempSync(join(tmpdir(), "cacheauth-home-"));
const env: Record<string, string | undefined> = {
  ...process.env,
  HOME: home,
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "dummy",
  // A third of what the start of a test file costs Node. Tests start cacheauth itself without it.
  NODE_COMPILE_CACHE: join(home, "node-compile-cache"),
};
try {
  await main();
} finally {
  rmSync(home, { recursive: true, force: true });
}

async function main(): Promise<void> {
  // The package caches of npm and Deno stay where they are; only the tests get the private home.
  await counted("build", process.env, bin("bun"), ["scripts/build.ts"], (out) =>
    /^built /m.test(out) ? [1, 0] : null,
  );
  if (!existsSync(join(root, "dist/cacheauth-deno"))) notRun.add("dist/cacheauth-deno, for want of a Deno runtime");
  await counted("checks", process.env, bin("bun"), ["scripts/check.ts"], (out) =>
    numbers(/checks: (\d+) passed, (\d+) failed/, out),
  );
  const suite = files(core);
  // The whole program's tests wait for a third of their time: those of one runtime after the other fill it.
  const [onNode, others] = await Promise.all([suitesOnNode(suite), suitesOnOthers(suite)]);
  const counts = [onNode, ...others];
  if (new Set(counts).size > 1) fail(`the runtimes count differently: ${counts.join(", ")}`);
  if (long) await nodeSuite("long", bin("node"), files(["tests/long"]));
  else notRun.add("interop, fuzz and endurance, which --long adds");
  for (const what of notRun) console.log(`not run: ${what}`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

/** Returns how many tests the core has. */
async function suitesOnNode(suite: readonly string[]): Promise<number> {
  const count = await nodeSuite("core on Node", bin("node"), suite);
  await oldestNodeSuite();
  await nodeSuite("whole program", bin("node"), files(["tests/app", "tests/real", "tests/release"]));
  return count;
}

/** Each of them runs one test at a time. */
async function suitesOnOthers(suite: readonly string[]): Promise<number[]> {
  // Bun gives a test five seconds, too few for some properties on a machine that is busy.
  const bunArgs = ["test", "--timeout", "180000", ...suite.map((file) => `./${file}`)];
  const onBun = await counted("core on Bun", env, bin("bun"), bunArgs, bunCounts);
  const onDeno = await denoSuite("core on Deno", bin("deno"), suite);
  await olderDenoSuite(suite);
  return [onBun, onDeno];
}

function nodeSuite(name: string, node: string, suite: readonly string[]): Promise<number> {
  // Two at a time: the machine that this is planned for has two cores.
  return counted(name, env, node, ["--test", "--test-concurrency=2", "--test-reporter=spec", ...suite], (out) => {
    const count = (what: string) => Number(new RegExp(`^ℹ ${what} (\\d+)`, "m").exec(out)?.[1] ?? Number.NaN);
    const result: [number, number] = [count("pass"), count("fail") + count("cancelled")];
    return result.some(Number.isNaN) ? null : result;
  });
}

function denoSuite(name: string, deno: string, suite: readonly string[]): Promise<number> {
  return counted(
    name,
    { ...env, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
    deno,
    ["test", "--allow-all", "--no-check", "--quiet", "--v8-flags=--expose-gc", ...suite],
    (out) => numbers(/\| (\d+) passed(?: \(\d+ steps?\))? \| (\d+) failed/, out),
  );
}

/**
 * The Deno that dist/cacheauth-deno is made with. Up to 2.8 its node:tls says that a handshake is done before anything is
 * verified, so that cacheauth sends nothing over it: nothing that probes can be run there. Nor does its X509Certificate tell
 * what is in a certificate. Its node:http does not tell a server of a client that gave up, for which the scripted AWS waits.
 */
async function olderDenoSuite(suite: readonly string[]): Promise<void> {
  const deno = process.env["DENO"];
  if (!deno) return;
  const script = 'import { TLSSocket } from "node:tls"; console.log(typeof TLSSocket.prototype.getProtocol)';
  const fit = spawnSync(deno, ["eval", script], { encoding: "utf8" }).stdout.includes("function");
  if (!fit)
    notRun.add(
      "probes over TLS, and reading certificates, on the Deno in DENO and on dist/cacheauth-deno, whose node:tls verifies too late",
    );
  const can = fit
    ? suite
    : suite.filter(
        (file) => !/^tests\/(probe\/|doctor\/|aws\/scripted-aws|emulate\/certificates\/(create|handshake))/.test(file),
      );
  await denoSuite("core on the Deno in DENO", deno, can);
}

function bunCounts(out: string): [number, number] | null {
  const pass = /^ *(\d+) pass$/m.exec(out)?.[1];
  const fails = /^ *(\d+) fail$/m.exec(out)?.[1];
  return pass === undefined || fails === undefined ? null : [Number(pass), Number(fails)];
}

/** The built package, imported by its name, on the oldest Node: its suite is bundled, for that Node reads no TypeScript. */
async function oldestNodeSuite(): Promise<void> {
  const node = join(root, "node_modules/.cache/oldest-node/node_modules/node/bin/node");
  const version = existsSync(node) ? spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim() : null;
  if (version === null) {
    notRun.add("the npm package on the oldest Node that it claims, which npm could not fetch");
    return;
  }
  // Inside the project, so that "cacheauth" resolves to it.
  const outdir = join(root, "dist/test");
  await Bun.build({
    entrypoints: [join(root, "tests/library/package.ts")],
    outdir,
    target: "node",
    packages: "external",
    naming: "[name].mjs",
  });
  await nodeSuite(`npm package on Node ${version}`, node, [join(outdir, "package.mjs")]);
  rmSync(outdir, { recursive: true });
}

function numbers(pattern: RegExp, out: string): [number, number] | null {
  const match = pattern.exec(out);
  return match ? [Number(match[1]), Number(match[2])] : null;
}

/** Runs one part, adds its counts, and shows its output where something failed. Returns how many tests it ran. */
async function counted(
  name: string,
  environment: Record<string, string | undefined>,
  command: string,
  args: readonly string[],
  read: (out: string) => [number, number] | null,
): Promise<number> {
  const start = performance.now();
  const { status, out } = await outputOf(command, args, environment);
  for (const [, what = ""] of out.matchAll(/^not run: (.*)$/gm)) notRun.add(what);
  const counts = read(out);
  const [pass, fails] = counts ?? [0, 0];
  const broken = counts === null || pass + fails === 0 || (status !== 0 && fails === 0);
  if (broken || fails > 0) console.log(out);
  passed += pass;
  failed += fails;
  console.log(`${name}: ${pass} passed, ${fails} failed in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  if (broken) fail(`${name} ended with ${status} and ${counts === null ? "no counts" : "no failed test"}`);
  return pass + fails;
}

/** What it says on both streams, together. */
function outputOf(
  command: string,
  args: readonly string[],
  environment: Record<string, string | undefined>,
): Promise<{ readonly status: number | null; readonly out: string }> {
  const child = spawn(command, args, {
    cwd: root,
    env: environment as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      said[stream] += text;
    });
  }
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ status: null, out: error.message }));
    child.once("close", (status) => resolve({ status, out: `${said.stdout}\n${said.stderr}` }));
  });
}

function fail(message: string): void {
  failed += 1;
  console.log(`FAILED: ${message}`);
}
