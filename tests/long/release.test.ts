import assert from "node:assert/strict";
import { execFileSync, type SpawnSyncReturns, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readCodeSignature } from "../../scripts/release/code-signature.ts";
import { readHeader } from "../../scripts/release/executable-header.ts";
import { version } from "../../src/version.ts";
import { notRun } from "../app/program.ts";
import { root, venv } from "./witness.ts";

const scratch = mkdtempSync(join(tmpdir(), "cacheauth-release-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

/** The project as it is now, in another folder, with packages of its own: links do, for no build writes to them. */
function copyProject(folder: string): void {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  for (const file of listed.toString().split("\0").filter(Boolean)) {
    if (existsSync(join(root, file))) cpSync(join(root, file), join(folder, file));
  }
  mkdirSync(join(folder, "node_modules"));
  const packages = join(root, "node_modules");
  const link = (name: string) => {
    const [from, to] = [join(packages, name), join(folder, "node_modules", name)];
    if (spawnSync("cp", ["-al", from, to], { stdio: "ignore" }).status !== 0) cpSync(from, to, { recursive: true });
  };
  for (const name of readdirSync(packages)) if (name !== ".cache") link(name);
}

/** One platform that can be run here, and one whose signature is made anew. */
function release(folder: string): SpawnSyncReturns<string> {
  copyProject(folder);
  return spawnSync(join(folder, "node_modules/.bin/bun"), ["scripts/release.ts", "linux-x64", "darwin-x64"], {
    cwd: folder,
    // What npm has fetched before it need not fetch again.
    env: { ...process.env, npm_config_cache: join(userInfo().homedir, ".npm") },
    encoding: "utf8",
    timeout: 300_000,
  });
}

function unpack(folder: string, platform: string): Buffer {
  const to = join(folder, platform);
  mkdirSync(to);
  execFileSync("tar", ["-xzf", join(folder, `cacheauth-${version}-${platform}.tar.gz`), "-C", to]);
  return readFileSync(join(to, "cacheauth"));
}

const first = join(scratch, "one");
const ran = release(first);
const out = join(first, "dist/release");
const text = (file: string) => readFileSync(join(out, file), "utf8");

if (ran.stderr.includes("npm pack")) {
  notRun("a release, for which npm could not fetch Bun's executables of other platforms");
} else {
  test("release: made, and what can be run here was run", () => {
    assert.equal(ran.status, 0, ran.stderr);
    const { files, leftOut } = JSON.parse(text("manifest.json"));
    const told = new Map<string, { tested: string; signature?: string }>(
      files.map((one: { platform: string }) => [one.platform, one]),
    );
    assert.equal(
      told.get("linux-x64")?.tested,
      process.platform === "linux" && process.arch === "x64" ? "run" : "built but not run",
    );
    assert.equal(told.get("darwin-x64")?.tested, "built but not run");
    assert.match(told.get("darwin-x64")?.signature ?? "", /^ad hoc.* hashes recomputed$/);
    const denos = files.filter(({ runtime }: { runtime?: string }) => runtime === "deno");
    assert.equal(denos.length + leftOut.length, 1);
    assert.deepEqual(
      leftOut.map((what: string) => what.split(":")[0]),
      denos.length === 0 ? ["Deno's executable"] : [],
    );
  });

  test("release: SHA256SUMS is of every file but the manifest and itself, and right", () => {
    execFileSync("sha256sum", ["--check", "--strict", "--quiet", "SHA256SUMS"], { cwd: out });
    const named = text("SHA256SUMS")
      .trimEnd()
      .split("\n")
      .map((line) => line.slice(66));
    const files = readdirSync(out, { withFileTypes: true }).filter((entry) => entry.isFile());
    assert.deepEqual([...named, "SHA256SUMS", "manifest.json"].sort(), files.map(({ name }) => name).sort());
  });

  test("release: the same bytes from another folder", () => {
    const second = join(scratch, "another/folder, with blanks");
    const again = release(second);
    assert.equal(again.status, 0, again.stderr);
    assert.equal(readFileSync(join(second, "dist/release/SHA256SUMS"), "utf8"), text("SHA256SUMS"));
    rmSync(second, { recursive: true });
  });

  test("release: an archive has an executable that says its version, with the licences of what is inside", () => {
    const file = unpack(out, "linux-x64");
    assert.equal(readHeader(file)?.format, "ELF");
    const inside = readdirSync(join(out, "linux-x64")).sort();
    assert.deepEqual(inside, ["LICENSE", "cacheauth", "cacheauth.1", "licences.txt"]);
    assert.equal(readFileSync(join(out, "linux-x64/licences.txt"), "utf8"), text(`cacheauth-${version}-licences.txt`));
  });

  test("release: every hash of the macOS file's signature is right", () => {
    const { adHoc, complete, wrongPages } = readCodeSignature(unpack(out, "darwin-x64"));
    assert.deepEqual({ adHoc, complete, wrongPages }, { adHoc: true, complete: true, wrongPages: [] });
  });

  test("release: the bill of materials tells neither when nor where, and all that is in it is among the licences", () => {
    const bill = JSON.parse(text(`cacheauth-${version}.cdx.json`));
    assert.deepEqual([bill.serialNumber, bill.metadata.timestamp], [undefined, undefined]);
    assert.ok(!JSON.stringify(bill).includes(scratch));
    const libraries = bill.components.filter(({ type }: { type: string }) => type === "library");
    assert.ok(libraries.length > 20);
    const licences = text(`cacheauth-${version}-licences.txt`);
    for (const { name, version: its, licenses } of libraries) {
      assert.ok(licences.includes(`${name} ${its} (${licenses[0].license.id})\n`), name);
    }
    const refs = new Set([bill.metadata.component, ...bill.components].map((one) => one["bom-ref"]));
    for (const { ref, dependsOn } of bill.dependencies)
      for (const one of [ref, ...dependsOn]) assert.ok(refs.has(one), one);
  });

  const python = venv("cyclonedx", ["cyclonedx-python-lib[json-validation]==11.12.0"]);
  if (python)
    test("release: CycloneDX's own library finds the bill of materials valid, strictly", () => {
      const script = `import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(open(sys.argv[1], encoding="utf-8").read())
sys.exit(str(fault) if fault else 0)`;
      const { status, stderr } = spawnSync(python, ["-c", script, join(out, `cacheauth-${version}.cdx.json`)], {
        encoding: "utf8",
      });
      assert.deepEqual([status, stderr], [0, ""]);
    });
}
