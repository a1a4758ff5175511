import assert from "node:assert/strict";
import { test } from "node:test";
import { embeddedModules } from "../../scripts/release/embedded-modules.ts";

/** A runtime, then modules, then their length in the place that Bun has it, and its trailer. */
function executable(...modules: readonly string[]): Buffer {
  const payload = Buffer.concat([
    Buffer.alloc(900, 7),
    ...modules.map((source) => Buffer.from(`${source}\0bytecode\0`)),
    Buffer.alloc(32),
  ]);
  payload.writeBigUInt64LE(BigInt(payload.length), payload.length - 32);
  const runtime = Buffer.from("a runtime, with // @bun @bytecode and \n---- Bun! ----\n in it\0");
  return Buffer.concat([runtime, payload, Buffer.from("\n---- Bun! ----\n"), Buffer.alloc(8)]);
}

test("embedded modules: read off the end of an executable, alike whichever platform it is for", () => {
  const linux = executable('// @bun @bytecode\nimport"/$bunfs/root/chunk-abcd1234.js";b()', "// @bun @bytecode\na()");
  const windows = executable("// @bun @bytecode\na()", '// @bun @bytecode\nimport"B:/~BUN/root/chunk-zzzz9999.js";b()');
  const expected = ["// @bun @bytecode\na()", '// @bun @bytecode\nimport"/$bunfs/root/chunk.js";b()'];
  assert.deepEqual(embeddedModules(linux), expected);
  assert.deepEqual(embeddedModules(windows), expected);
});

test("embedded modules: a file without a bundle is said to have none", () => {
  assert.throws(() => embeddedModules(Buffer.alloc(4096)), /no bundle is embedded/);
  assert.throws(() => embeddedModules(Buffer.from(`${"x".repeat(40)}\n---- Bun! ----\n`)), /no bundle is embedded/);
});
