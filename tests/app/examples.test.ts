import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { pages } from "./pages.ts";
import { exampleKeys, programs, run } from "./program.ts";

const root = dirname(dirname(import.meta.dirname));
// Inside the project, so that "cacheauth" resolves to its built package.
const scratch = join(root, "dist/test/examples");
mkdirSync(scratch, { recursive: true });
after(() => rmSync(scratch, { recursive: true, force: true }));

const lines = pages
  .flatMap(({ text }) => [...text.matchAll(/```sh\n([\s\S]*?)```/g)])
  .flatMap(([, block = ""]) => block.split("\n"))
  .filter((line) => line.startsWith("cacheauth "));
assert.ok(lines.length >= 6);
/** What the answer of a command has in it, wherever it is shown. */
const answers: Readonly<Record<string, RegExp>> = {
  token: /Action=connect&User=my-user/,
  policy: /arn:aws(-cn)?:(elasticache|memorydb):[\w-]+:123456789012:user[:/]my-user/,
};
for (const line of lines) {
  test(`pages: ${line}`, async () => {
    const [program] = programs;
    assert.ok(program);
    const { code, stdout, stderr } = await run(program, line.split(" ").slice(1), { env: exampleKeys });
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    const answer = answers[line.split(" ")[1] ?? ""];
    assert.ok(answer, "an example that is held against nothing");
    assert.match(stdout, answer);
  });
}

/** The examples of docstrings: every line `EXPRESSION; // VALUE` must be so. */
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
