/**
 * The exact words of one finding of each rule, in findings.txt, to be read as prose. CACHEAUTH_WRITE_FINDINGS=1 writes the
 * file anew: read it before it is kept.
 */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Finding } from "../../src/findings/finding.ts";
import { nothingExpected } from "../../src/lint/expected.ts";
import { lint } from "../../src/lint/lint.ts";
import { verify } from "../../src/lint/verify.ts";
import { nodeHash } from "../../src/node-runtime.ts";
import { cases } from "./cases.ts";
import { at, judge, token, tokenIds } from "./sample.ts";

const file = join(import.meta.dirname, "findings.txt");

async function findingOf(id: string): Promise<Finding | undefined> {
  const [given] = cases[id]?.fails ?? [];
  if (given !== undefined) {
    const { findings } = typeof given === "string" || given instanceof Uint8Array ? judge(given) : judge(...given);
    return findings.find(({ rule }) => rule === id);
  }
  const bytes = new TextEncoder().encode(token());
  const linted = lint({ bytes, expected: nothingExpected, at, finalNewlineDropped: true });
  const accessKeyId = id === "access-key-mismatch" ? "AKIAI44QH8DHBEXAMPLE" : "AKIAIOSFODNN7EXAMPLE";
  const { findings } = verify(linted, { accessKeyId, secretAccessKey: "dummy" }, await nodeHash());
  return findings.find(({ rule }) => rule === id);
}

test("lint: the words of every rule", async () => {
  const told: string[] = [];
  for (const id of tokenIds) {
    const finding = await findingOf(id);
    assert.ok(finding, `${id} is found in none of cases.ts`);
    const { severity, likelihood, message, fix } = finding;
    told.push(`${id} (${severity}, ${likelihood})\n  ${message}\n  fix: ${fix}\n`);
  }
  const text = told.join("\n");
  if (process.env["CACHEAUTH_WRITE_FINDINGS"] === "1") writeFileSync(file, text);
  assert.equal(text, readFileSync(file, "utf8"));
});
