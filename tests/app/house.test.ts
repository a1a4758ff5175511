import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { version } from "../../src/version.ts";
import { withDirectory } from "./program.ts";

const root = dirname(dirname(import.meta.dirname));

test("house: the version is that of package.json", () => {
  assert.equal(version, JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version);
});

test("house: every dependency has an exact version", () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  for (const wanted of Object.values({ ...dependencies, ...devDependencies }))
    assert.match(String(wanted), /^(?:npm:[a-z-]+@)?\d+\.\d+\.\d+$/);
});

test("house: the lock file names no registry", () => {
  assert.doesNotMatch(
    readFileSync(join(root, "package-lock.json"), "utf8"),
    /"resolved"|https?:\/\/(?!opencollective|github|tidelift|www\.patreon|paypal|bevry|feross|dotenvx)[^"]*\.tgz/,
  );
});

/** What breaks a direction, in which file, and what the check must say. */
const breaches: readonly (readonly [file: string, line: string, says: RegExp])[] = [
  ["target/kinds.ts", 'import "../token/time.ts";', /target may not import token/],
  ["token/time.ts", 'import { version } from "../cli.ts";', /token may not import cli/],
  ["token/time.ts", 'import { readFileSync } from "node:fs";', /only node and aws own node:fs/],
  ["token/time.ts", 'const lazy = () => import("@aws-sdk/client-sts");', /only aws imports @aws-sdk\/client-sts/],
  ["token/time.ts", "const now = Date.now();", /reads the clock, but token is pure/],
  ["target/names.ts", "console.log(1);", /uses console, but target is pure/],
  ["target/names.ts", "const { env } = process.env;", /uses process, but target is pure/],
  ["commands/token/text.ts", 'import "../schema/command.ts";', /command token imports command schema/],
  ["commands/token/text.ts", 'import arg from "arg";', /only cli\.ts knows the argument parser/],
  ["terminal/wrap.ts", 'import "../index.ts";', /terminal may not import index/],
  ["aws/mfa.ts", 'import "../session/places.ts";', /aws may not import session/],
  ["anything/new.ts", "export {};", /anything has no row/],
];

for (const [file, line, says] of breaches) {
  test(`house: the directions go red for ${line} in ${file}`, () =>
    withDirectory(async (directory) => {
      const src = join(directory, "src");
      cpSync(join(root, "src"), src, { recursive: true });
      const check = () =>
        spawnSync(join(root, "node_modules/.bin/bun"), [join(root, "scripts/check-directions.ts"), src], {
          encoding: "utf8",
        });
      assert.equal(check().status, 0);
      if (file === "anything/new.ts") cpSync(join(src, "terminal"), join(src, "anything"), { recursive: true });
      writeFileSync(join(src, file), `${line}\n`, { flag: "a" });
      const { status, stderr } = check();
      assert.equal(status, 1);
      assert.match(stderr, says);
    }));
}

test("house: a build that fails leaves nothing of itself, and of others' what was there", () =>
  withDirectory(async (directory) => {
    for (const part of ["src", "scripts", "package.json", "tsconfig.json"])
      cpSync(join(root, part), join(directory, part), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
    const dist = join(directory, "dist");
    for (const file of ["release/SHA256SUMS", "npm/main.js", "bundle/main.js", "cacheauth", "cacheauth-deno"]) {
      mkdirSync(dirname(join(dist, file)), { recursive: true });
      writeFileSync(join(dist, file), "of an earlier commit");
    }
    // The npm package can be made of it, the executables cannot.
    writeFileSync(join(directory, "src/nowhere.d.ts"), 'declare module "*.nowhere";\n');
    const line = 'export const nowhere = () => import("./not.nowhere");\n';
    writeFileSync(join(directory, "src/main.ts"), line, { flag: "a" });
    const built = spawnSync(join(root, "node_modules/.bin/bun"), ["scripts/build.ts"], {
      cwd: directory,
      encoding: "utf8",
    });
    assert.notEqual(built.status, 0);
    assert.match(built.stderr, /Could not resolve: "\.\/not\.nowhere"/);
    assert.deepEqual(readdirSync(dist), ["release"]);
    assert.equal(readFileSync(join(dist, "release/SHA256SUMS"), "utf8"), "of an earlier commit");
  }));
