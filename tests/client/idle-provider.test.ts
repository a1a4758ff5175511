import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

const run = "Deno" in globalThis ? ["run", "--allow-all", "--no-check", "--quiet"] : [];
const script = join(import.meta.dirname, "idle-provider.ts");

test("a process whose provider is open, with a refresh and a login due, ends by itself", async () => {
  // Its next refresh is minutes away: one that waits for it is ended by the time-out, and that rejects.
  const { stdout } = await promisify(execFile)(process.execPath, [...run, script], { timeout: 30_000 });
  assert.equal(stdout, "done\n");
});
