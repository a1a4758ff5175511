/** The examples of docstrings: every line `EXPRESSION; // VALUE` must be so. */
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, test } from "node:test";

const root = dirname(dirname(import.meta.dirname));
// Inside the project, so that "cacheauth" resolves to its built package.
const scratch = join(root, "dist/test/examples");
mkdirSync(scratch, { recursive: true });
after(() => rmSync(scratch, { recursive: true, force: true }));

for (const name of readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".ts"),
)) {
  const source = readFileSync(join(root, "src", name), "utf8");
  for (const [index, [, block = ""]] of [...source.matchAll(/@example\n \* ```ts\n([\s\S]*?) \* ```/g)].entries()) {
    test(`docstring example ${index + 1} of src/${name}`, async () => {
      const code = block.replace(/^ \* ?/gm, "");
      const claims = [...code.matchAll(/^(?!import|const|let|\s|\}).*; \/\/ (.*)$/gm)];
      assert.ok(claims.length > 0, "an example that claims nothing");
      const checked = code.replace(
        /^(?!import|const|let|\s|\})(.*); \/\/ (.*)$/gm,
        "assert.deepEqual(await ($1), $2);",
      );
      const names = [...source.matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm)].map(
        ([, exported]) => exported,
      );
      const own = code.includes('from "cacheauth"')
        ? ""
        : `import { ${names.join(", ")} } from ${JSON.stringify(join(root, "src", name))};\n`;
      const file = join(scratch, `${name.replaceAll("/", "-").replace(".ts", "")}-${index}.ts`);
      writeFileSync(file, `import assert from "node:assert/strict";\n${own}${checked}`);
      await import(file);
    });
  }
}
