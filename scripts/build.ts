/**
 * Builds everything: `dist/cacheauth` (bun build --compile), `dist/cacheauth-deno` (deno compile, of the bundle in
 * `dist/bundle`) and the npm package in `dist/npm`. Runs each program once, and puts them in their places when all of
 * them are there: a build that fails leaves none. What else is in dist, a release perhaps, stays. Usage: bun scripts/build.ts
 *
 * DENO and DENORT_BIN name another Deno and its runtime, for machines where Deno cannot download its own.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { version } from "../src/version.ts";
import { bundle, bundleExecutable } from "./bundle.ts";
import { compileNpmPackage } from "./compile-npm-package.ts";
import { compileWithDeno } from "./compile-with-deno.ts";

const root = dirname(import.meta.dirname);
const dist = join(root, "dist");
const work = join(dist, "build-work");
const tool = (name: string) => join(root, "node_modules/.bin", name);

for (const part of ["build-work", "bundle", "npm", "cacheauth", "cacheauth-deno"]) remove(join(dist, part));
try {
  buildNpmPackage();
  await buildBunExecutable();
  await buildDenoExecutable();
  for (const part of readdirSync(work)) {
    renameSync(join(work, part), join(dist, part));
    console.log(`built dist/${part}`);
  }
} finally {
  remove(work);
}

function buildNpmPackage(): void {
  const folder = join(work, "npm");
  compileNpmPackage(folder);
  runOnce(tool("node"), join(folder, "main.js"));
}

async function buildBunExecutable(): Promise<void> {
  const outfile = join(work, "cacheauth");
  await bundleExecutable(outfile);
  runOnce(outfile);
}

async function buildDenoExecutable(): Promise<void> {
  const folder = join(work, "bundle");
  await bundle({ target: "node", outdir: folder });
  const deno = process.env["DENO"] || tool("deno");
  if (compileWithDeno(deno, folder, join(work, "cacheauth-deno"), process.env)) return;
  console.log(
    `built without dist/cacheauth-deno: ${deno === tool("deno") ? "no Deno runtime could be had here (set DENO and DENORT_BIN)" : "the runtime in DENO and DENORT_BIN did not work"}`,
  );
}

function runOnce(command: string, ...args: string[]): void {
  const said = execFileSync(command, [...args, "--version"], { encoding: "utf8" }).trim();
  if (said !== `cacheauth ${version}`) throw new Error(`${[command, ...args].at(-1)} says ${said}`);
}

function remove(path: string): void {
  rmSync(path, { recursive: true, force: true });
}
