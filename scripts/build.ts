/**
 * Builds everything: `dist/cacheauth` (bun build --compile), `dist/cacheauth-deno` (deno compile, from the same
 * bundle) and the npm package in `dist/npm`. Runs each executable once. Usage: bun scripts/build.ts
 *
 * DENO and DENORT_BIN name another Deno and its runtime, for machines where Deno cannot download its own.
 */
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { version } from "../src/version.ts";
import { bundle, bundleExecutable } from "./bundle.ts";
import { compileWithDeno } from "./compile-with-deno.ts";

const root = dirname(import.meta.dirname);
const path = (name: string) => resolve(root, name);
const tool = (name: string) => path(`node_modules/.bin/${name}`);

async function buildBunExecutable(): Promise<void> {
  const outfile = path("dist/cacheauth");
  await bundleExecutable(outfile);
  runOnce(outfile);
}

async function buildDenoExecutable(): Promise<void> {
  await bundle({ target: "node", outdir: path("dist/bundle") });
  const deno = process.env["DENO"] || tool("deno");
  if (!compileWithDeno(deno, path("dist/cacheauth-deno"), process.env)) {
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

rmSync(path("dist"), { recursive: true, force: true });
await buildBunExecutable();
await buildDenoExecutable();
buildNpmPackage();
