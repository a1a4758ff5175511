/**
 * Builds everything: `dist/cacheauth` (bun build --compile), `dist/cacheauth-deno` (deno compile, from the same
 * bundle) and the npm package in `dist/npm`. Runs each executable once. Usage: bun scripts/build.ts
 *
 * DENO and DENORT_BIN name another Deno and its runtime, for machines where Deno cannot download its own.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { version } from "../src/version.ts";

const root = dirname(import.meta.dirname);
const path = (name: string) => resolve(root, name);
const tool = (name: string) => path(`node_modules/.bin/${name}`);

rmSync(path("dist"), { recursive: true, force: true });
await buildBunExecutable();
await buildDenoExecutable();
buildNpmPackage();

async function buildBunExecutable(): Promise<void> {
  const outfile = path("dist/cacheauth");
  await bundle({
    target: "bun",
    bytecode: true,
    compile: {
      outfile,
      // An executable obeys nothing that lies in the working directory.
      autoloadDotenv: false,
      autoloadBunfig: false,
      autoloadTsconfig: false,
      autoloadPackageJson: false,
    },
  });
  runOnce(outfile);
}

async function buildDenoExecutable(): Promise<void> {
  await bundle({ target: "node", outdir: path("dist/bundle") });
  const outfile = path("dist/cacheauth-deno");
  const deno = process.env["DENO"] || tool("deno");
  const flags = ["compile", "--quiet", "--no-check", "--no-config", "--no-lock", "--allow-all", "--no-prompt"];
  const made = spawnSync(deno, [...flags, "--include", "dist/bundle", "--output", outfile, "dist/bundle/main.js"], {
    cwd: root,
    encoding: "utf8",
    timeout: 120_000,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ran = made.status === 0 ? spawnSync(outfile, ["--version"], { encoding: "utf8" }) : made;
  if (ran.stdout?.trim() !== `cacheauth ${version}`) {
    rmSync(outfile, { force: true });
    console.log(
      `built without dist/cacheauth-deno: ${deno === tool("deno") ? "no Deno runtime could be had here (set DENO and DENORT_BIN)" : "the runtime in DENO and DENORT_BIN did not work"}`,
    );
    return;
  }
  console.log("built dist/cacheauth-deno");
}

function buildNpmPackage(): void {
  execFileSync(tool("tsc"), ["--project", "scripts/npm-package.json"], { cwd: root, stdio: "inherit" });
  const bin = path("dist/npm/main.js");
  runOnce(tool("node"), bin);
}

function runOnce(command: string, ...args: string[]): void {
  const said = execFileSync(command, [...args, "--version"], { encoding: "utf8" }).trim();
  if (said !== `cacheauth ${version}`) throw new Error(`${command} says ${said}`);
  console.log(`built ${[command, ...args].at(-1)?.slice(root.length + 1)}`);
}

async function bundle(options: Partial<Bun.BuildConfig>): Promise<void> {
  const result = await Bun.build({
    entrypoints: [path("src/main.ts")],
    minify: true,
    splitting: true,
    format: "esm",
    // Smithy and the SDK resolve to CommonJS under "node"; "module" gives what can be tree-shaken.
    conditions: ["module"],
    plugins: [signerPlugin()],
    ...options,
  } as Bun.BuildConfig);
  for (const log of result.logs) console.error(log);
  if (!result.success) throw new Error("the bundle failed");
}

/**
 * The signer takes six small functions from @smithy/core/serde, whose Node file imports node:crypto (4 ms of a start)
 * for one that it does not use. Its browser file has the same six without. For the signer alone: the SDK keeps Node's.
 */
function signerPlugin(): Bun.BunPlugin {
  return {
    name: "signing-without-node-crypto",
    setup(build) {
      build.onResolve({ filter: /^@smithy\/core\/serde$/ }, ({ importer }) =>
        /signature-v4[\\/]dist-es/.test(importer)
          ? { path: path("node_modules/@smithy/core/dist-es/submodules/serde/index.browser.js") }
          : undefined,
      );
    },
  };
}
