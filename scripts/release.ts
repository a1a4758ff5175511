/**
 * Makes a release in dist/release: an archive for each platform, the npm package, the licences of what is inside, a bill of
 * materials, SHA256SUMS, and a manifest that says what was run here. The same commit gives the same bytes.
 * Usage: npm run release [-- PLATFORM...]. scripts/release/README.md says what it needs and how to publish.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { version } from "../src/version.ts";
import { bundleExecutable } from "./bundle.ts";
import { compileNpmPackage } from "./compile-npm-package.ts";
import { makeExecutable } from "./release/executable.ts";
import { licences } from "./release/licences.ts";
import { bundleContents } from "./release/packages.ts";
import { releaseDeno } from "./release/release-deno.ts";
import { type Released, type ReleaseFolder, releaseFolder } from "./release/release-folder.ts";
import { lockedPackage } from "./release/runtimes.ts";
import { sbom } from "./release/sbom.ts";
import { smokeTest } from "./release/smoke.ts";
import { executableName, type Target, targets } from "./release/targets.ts";
import { makeForeignRoots } from "./release/ways-to-run.ts";

const root = dirname(import.meta.dirname);
const work = join(root, "dist/release-work");
const bin = (name: string) => join(root, "node_modules/.bin", name);

const withoutDeno =
  "Deno's executable: Deno could not fetch its own runtime here, and one that DENORT_BIN names is for tests alone";

const names = process.argv.slice(2);
const unknown = names.find((name) => !targets.some((target) => target.name === name));
if (unknown === undefined) {
  await release(names.length === 0 ? targets : targets.filter(({ name }) => names.includes(name)));
} else {
  console.error(`There is no platform ${unknown}; there are ${targets.map(({ name }) => name).join(", ")}.`);
  process.exitCode = 2;
}

/** Whole or not at all: dist/release is put in its place when everything is in it. */
async function release(wanted: readonly Target[]): Promise<void> {
  const place = join(root, "dist/release");
  for (const folder of [place, work]) rmSync(folder, { recursive: true, force: true });
  const folder = releaseFolder(join(work, "release"));
  mkdirSync(folder.path, { recursive: true });
  try {
    await fill(folder, wanted);
    renameSync(folder.path, place);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function fill(folder: ReleaseFolder, wanted: readonly Target[]): Promise<void> {
  makeForeignRoots(wanted);
  const { packages } = await bundleContents();
  const texts = licences(packages, "bun");
  const executables = await releaseExecutables(folder, wanted, texts);
  const deno = await releaseDeno(folder, work, licences(packages, "deno"));
  const files = [
    ...executables,
    ...(deno === null ? [] : [deno]),
    releaseNpmPackage(folder),
    folder.write(`cacheauth-${version}-licences.txt`, texts),
    folder.write(`cacheauth-${version}.cdx.json`, `${JSON.stringify(sbom(packages, deno !== null), null, 2)}\n`),
  ];
  folder.write("SHA256SUMS", checksums(files));
  const leftOut = deno === null ? [withoutDeno] : [];
  const manifest = { name: "cacheauth", version, commit: commit(), files, leftOut };
  folder.write("manifest.json", `${JSON.stringify(manifest, null, 2)}\n`);
  for (const what of leftOut) console.log(`left out: ${what}`);
}

async function releaseExecutables(
  { archive }: ReleaseFolder,
  wanted: readonly Target[],
  texts: string,
): Promise<readonly Released[]> {
  const native = join(work, "native/cacheauth");
  await bundleExecutable(native);
  const reference = readFileSync(native);
  const released: Released[] = [];
  for (const target of wanted) {
    const folder = join(work, target.name);
    mkdirSync(folder);
    const { path, bytes, ...checked } = await makeExecutable(target, folder, reference);
    const { name: platform, format, architecture, runtime } = target;
    const tested = smokeTest(target, path) ?? "built but not run";
    const kind = format === "PE" ? "zip" : "tar.gz";
    released.push({
      ...archive(platform, kind, { name: executableName(target), bytes }, texts),
      ...{ platform, runtime: "bun", runtimeVersion: lockedPackage(runtime).version, format, architecture, tested },
      ...checked,
    });
    console.log(`${platform}: ${tested}${checked.signature ? `; signed ${checked.signature}` : ""}`);
    rmSync(folder, { recursive: true });
  }
  return released;
}

function releaseNpmPackage({ path, describe }: ReleaseFolder): Released {
  const [compiled, place] = [join(work, "npm"), join(root, "dist/npm")];
  compileNpmPackage(compiled);
  rmSync(place, { recursive: true, force: true });
  renameSync(compiled, place);
  const pack = ["pm", "pack", "--ignore-scripts", "--quiet", "--destination", path];
  execFileSync(bin("bun"), pack, { cwd: root, stdio: "ignore" });
  return describe(`cacheauth-${version}.tgz`);
}

/** As sha256sum writes and checks them, by name. */
function checksums(files: readonly Released[]): string {
  const byName = [...files].sort((a, b) => (a.file < b.file ? -1 : 1));
  return byName.map(({ file, sha256 }) => `${sha256}  ${file}\n`).join("");
}

/** Null where it was made of something else than a commit. */
function commit(): string | null {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
  try {
    return git("status", "--porcelain") === "" ? git("rev-parse", "HEAD") : null;
  } catch {
    return null;
  }
}
