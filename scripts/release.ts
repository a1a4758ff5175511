/**
 * Makes a release in dist/release: an archive for each platform, the npm package, the licences of what is inside, a bill of
 * materials, SHA256SUMS, and a manifest that says what was run here. The same commit gives the same bytes.
 * Usage: npm run release [-- PLATFORM...]. scripts/release/README.md says what it needs and how to publish.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { version } from "../src/version.ts";
import { bundle, bundleExecutable } from "./bundle.ts";
import { compileWithDeno } from "./compile-with-deno.ts";
import { tarGz, zip } from "./release/archive.ts";
import { makeExecutable } from "./release/executable.ts";
import { licences } from "./release/licences.ts";
import { bundleContents } from "./release/packages.ts";
import { lockedPackage } from "./release/runtimes.ts";
import { sbom } from "./release/sbom.ts";
import { smokeTest } from "./release/smoke.ts";
import { executableName, type Target, targets } from "./release/targets.ts";
import { makeForeignRoots } from "./release/ways-to-run.ts";

const root = dirname(import.meta.dirname);
const out = join(root, "dist/release");
const work = join(root, "dist/release-work");
const bin = (name: string) => join(root, "node_modules/.bin", name);
const builtNotRun = "built but not run";

/** A line of the manifest; the last four are of an archive with an executable in it. */
interface Released {
  readonly file: string;
  readonly size: number;
  readonly sha256: string;
  readonly platform?: string;
  readonly runtime?: string;
  readonly tested?: string;
  readonly executable?: object;
}

await main(chosen(process.argv.slice(2)));

async function main(wanted: readonly Target[]): Promise<void> {
  for (const folder of [out, work]) rmSync(folder, { recursive: true, force: true });
  for (const folder of [out, work]) mkdirSync(folder, { recursive: true });
  try {
    makeForeignRoots(wanted);
    const { packages } = await bundleContents();
    const texts = licences(packages);
    const files: Released[] = [];
    const executables = await releaseExecutables(wanted, texts);
    files.push(...executables);
    const deno = await releaseDeno(texts);
    if (typeof deno !== "string") files.push(deno);
    files.push(releaseNpmPackage());
    files.push(write(`cacheauth-${version}-licences.txt`, texts));
    files.push(write(`cacheauth-${version}.cdx.json`, `${JSON.stringify(sbom(packages), null, 2)}\n`));
    const sums = files
      .map(({ file, sha256 }) => `${sha256}  ${file}\n`)
      .sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1));
    write("SHA256SUMS", sums.join(""));
    const left = typeof deno === "string" ? [deno] : [];
    const manifest = { name: "cacheauth", version, commit: commit(), files, leftOut: left };
    write("manifest.json", `${JSON.stringify(manifest, null, 2)}\n`);
    for (const what of left) console.log(`left out: ${what}`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function releaseExecutables(wanted: readonly Target[], texts: string): Promise<Released[]> {
  const native = join(work, "native/cacheauth");
  await bundleExecutable(native);
  const reference = readFileSync(native);
  const files: Released[] = [];
  for (const target of wanted) {
    const folder = join(work, target.name);
    mkdirSync(folder);
    const made = await makeExecutable(target, folder, reference);
    const tested = smokeTest(target, made.path) ?? builtNotRun;
    files.push({
      ...writeArchive(
        target.name,
        target.format === "PE" ? "zip" : "tar.gz",
        executableName(target),
        made.bytes,
        texts,
      ),
      ...{ platform: target.name, runtime: "bun", runtimeVersion: lockedPackage(target.runtime).version, tested },
      ...{ format: target.format, architecture: target.architecture, modules: made.modules },
      ...(made.signature === undefined ? {} : { signature: made.signature }),
      executable: { name: executableName(target), size: made.bytes.length, sha256: sha256(made.bytes) },
    });
    console.log(`${target.name}: ${tested}${made.signature ? `; signed ${made.signature}` : ""}`);
    rmSync(folder, { recursive: true });
  }
  return files;
}

/** Deno's, of this platform alone, with the runtime that Deno fetches for itself; else why there is none. */
async function releaseDeno(texts: string): Promise<Released | string> {
  await bundle({ target: "node", outdir: join(root, "dist/bundle") });
  const executable = join(work, "cacheauth-deno");
  // What DENO and DENORT_BIN name was not made for the Deno that is released with: that is for tests.
  const { DENO: _, DENORT_BIN: __, ...env } = process.env;
  if (!compileWithDeno(bin("deno"), executable, env)) {
    return "Deno's executable: Deno could not fetch its own runtime here, and one that DENORT_BIN names is for tests alone";
  }
  const bytes = readFileSync(executable);
  const platform = `${process.platform}-${process.arch}-deno`;
  return {
    ...writeArchive(platform, "tar.gz", "cacheauth", bytes, texts),
    ...{ platform, runtime: "deno", runtimeVersion: lockedPackage("deno").version, tested: "run" },
    executable: { name: "cacheauth", size: bytes.length, sha256: sha256(bytes) },
  };
}

function releaseNpmPackage(): Released {
  rmSync(join(root, "dist/npm"), { recursive: true, force: true });
  execFileSync(bin("tsc"), ["--project", "scripts/npm-package.json"], { cwd: root, stdio: "inherit" });
  execFileSync(bin("bun"), ["pm", "pack", "--ignore-scripts", "--quiet", "--destination", out], {
    cwd: root,
    stdio: "ignore",
  });
  const file = `cacheauth-${version}.tgz`;
  return described(file, readFileSync(join(out, file)));
}

function writeArchive(platform: string, kind: "zip" | "tar.gz", name: string, bytes: Buffer, texts: string): Released {
  const entries = [
    { name, bytes, executable: true },
    { name: "cacheauth.1", bytes: readFileSync(join(root, "man/cacheauth.1")), executable: false },
    { name: "LICENSE", bytes: readFileSync(join(root, "LICENSE")), executable: false },
    { name: "licences.txt", bytes: Buffer.from(texts), executable: false },
  ];
  return write(`cacheauth-${version}-${platform}.${kind}`, kind === "zip" ? zip(entries) : tarGz(entries));
}

function write(file: string, content: string | Buffer): Released {
  writeFileSync(join(out, file), content);
  return described(file, Buffer.from(content));
}

function described(file: string, bytes: Buffer): Released {
  return { file: basename(file), size: bytes.length, sha256: sha256(bytes) };
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
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

function chosen(names: readonly string[]): readonly Target[] {
  const unknown = names.find((name) => !targets.some((target) => target.name === name));
  if (unknown !== undefined) {
    throw new Error(`there is no platform ${unknown}; there are ${targets.map(({ name }) => name).join(", ")}`);
  }
  return names.length === 0 ? targets : targets.filter(({ name }) => names.includes(name));
}
