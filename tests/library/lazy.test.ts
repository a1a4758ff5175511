import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { test } from "node:test";

const src = resolve(import.meta.dirname, "../../src");

/** All that a file loads before it runs, by its static imports: packages and built-ins by name, files by path. */
function loadedBy(file: string): string[] {
  const seen = new Set<string>();
  const open = [join(src, file)];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const code = readFileSync(path, "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
    for (const [, specifier = ""] of code.matchAll(/^(?:import|export) (?!type )(?:[^"';]*? from )?"([^"]+)";$/gm)) {
      if (specifier.startsWith(".")) open.push(resolve(dirname(path), specifier));
      else seen.add(specifier);
    }
  }
  return [...seen].map((path) => path.replace(`${src}/`, ""));
}

test("lazy: the library loads no package and no built-in before it is used, and no signer", () => {
  const loaded = loadedBy("index.ts");
  assert.ok(loaded.includes("target/endpoint.ts"), "the imports are followed");
  assert.deepEqual(
    loaded.filter((name) => !/^[\w/-]+\.ts$/.test(name) || name === "token/sign.ts"),
    [],
  );
});

test("lazy: the command line loads its parser alone, and the token command its signer", () => {
  assert.deepEqual(
    loadedBy("main.ts").filter((name) => !name.endsWith(".ts")),
    ["arg"],
  );
  assert.deepEqual(
    loadedBy("commands/token/command.ts").filter((name) => !name.endsWith(".ts")),
    ["@smithy/signature-v4"],
  );
});
