import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";

test("a program that waits for a token lives until it comes, and ends by itself then", async () => {
  const flags = "Deno" in globalThis ? ["run", "--allow-all", "--no-check", "--quiet"] : [];
  const script = join(import.meta.dirname, "waiting-process.ts");
  const child = spawn(process.execPath, [...flags, script], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const [code] = await once(child, "close");
  assert.deepEqual([said, code], ["my-cache/ 3\n", 0]);
});
