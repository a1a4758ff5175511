/**
 * Everything that can be checked without running the tests: format, lint, types, directions, unused code, the bundle
 * and the npm package's face. Usage: npm run check
 */
import { spawnSync } from "node:child_process";
import { dirname } from "node:path";

const root = dirname(import.meta.dirname);
const bin = (name: string) => `node_modules/.bin/${name}`;

/** Each has one line that says what it holds, and its command. */
const checks: readonly (readonly [what: string, command: string, ...args: string[]])[] = [
  ["format and lint", bin("biome"), "ci", "--error-on-warnings", "."],
  ["types", bin("tsc"), "--project", "tsconfig.json"],
  ["directions", bin("bun"), "scripts/check-directions.ts"],
  ["rules page", bin("bun"), "scripts/make-rules-page.ts", "--check"],
  ["manual page", bin("bun"), "scripts/make-man.ts", "--check"],
  ["unused code", bin("knip"), "--no-progress"],
  ["bundle", bin("bun"), "scripts/check-bundle.ts"],
  ["AWS clients inside", bin("bun"), "scripts/sizes.ts"],
  ["package face", bin("publint"), "--strict"],
  ["package types", bin("attw"), "--pack", ".", "--profile", "esm-only", "--no-emoji"],
];

let failed = 0;
for (const [what, command, ...args] of checks) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: "utf8" });
  console.log(`${status === 0 ? "ok  " : "FAIL"}  ${what}`);
  if (status === 0) continue;
  failed += 1;
  console.log([error?.message, stdout, stderr].filter(Boolean).join("\n"));
}
console.log(`checks: ${checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
