/** Each snippet of the pages runs as it stands, but for where the cache is and who vouches for it. */
import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { startEmulator } from "../../src/index.ts";
import { blocksOf } from "./pages/blocks.ts";
import { pages, root } from "./pages/page.ts";
import { exampleKeys, run } from "./program.ts";

// Inside the project, so that "cacheauth" resolves to its built package.
const scratch = join(root, "dist/test/applications");
mkdirSync(scratch, { recursive: true });
after(() => rmSync(scratch, { recursive: true, force: true }));

/** What each prints stands below it; where nothing does, it is the greeting that it reads back. */
const snippets = pages.flatMap(({ path, text }) =>
  [
    ...text.matchAll(
      /<!-- application: ([\w-]+) -->\n```ts\n([\s\S]*?)^```\n(?:\n(?:.*It prints.*\n\n)?```text\n([\s\S]*?)^```)?/gm,
    ),
  ].map(([, name = "", snippet = "", prints = "hello\n"]) => ({ path, name, snippet, prints })),
);

/** What each says of the connection, and what it says here. */
const connections: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  "node-redis": [["{ host, port: 6379, tls: true }", '{ host: "127.0.0.1", port: PORT, tls: true, ca: CA }']],
  ioredis: [["host, port: 6379, tls: {}", 'host: "127.0.0.1", port: PORT, tls: { ca: CA }']],
  iovalkey: [["host, port: 6379, tls: {}", 'host: "127.0.0.1", port: PORT, tls: { ca: CA }']],
  emulate: [],
  decisions: [],
  library: [],
  glide: [
    [
      "addresses: [{ host, port: 6379 }],",
      'addresses: [{ host: "127.0.0.1", port: PORT }], advancedConfiguration: { tlsAdvancedConfiguration: { rootCertificates: CA } },',
    ],
  ],
};

test("pages: there is a snippet for every client, and none that does not run", () => {
  assert.deepEqual([...new Set(snippets.map(({ name }) => name))].sort(), Object.keys(connections).sort());
  const programs = pages.flatMap(blocksOf).filter(({ language }) => /^[jt]sx?$/.test(language));
  assert.equal(programs.length, snippets.length);
});

for (const { path, name, snippet, prints } of snippets) {
  test(`${path}: the snippet ${name} works, and ends by itself`, async () => {
    const host = /const host = "([^"]+)"/.exec(snippet)?.[1] ?? "";
    const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = exampleKeys;
    await using emulator = await startEmulator({
      ...(host === "" ? {} : { target: host }),
      user: "my-user",
      credentials: { accessKeyId, secretAccessKey },
    });
    let code = snippet;
    for (const [said, here] of connections[name] ?? []) {
      assert.ok(code.includes(said), said);
      code = code.replace(said, here);
    }
    code = code.replaceAll("PORT", String(emulator.endpoint.port)).replaceAll("CA", "process.env.EMULATED_CA");
    const file = join(scratch, `${name}.mjs`);
    writeFileSync(file, code);
    const node = { name: "node", command: [join(root, "node_modules/.bin/node"), file] };
    const {
      code: exit,
      stdout,
      stderr,
    } = await run(node, [], { env: { ...exampleKeys, EMULATED_CA: emulator.ca ?? "" } });
    assert.deepEqual({ exit, stdout, stderr }, { exit: 0, stdout: prints, stderr: "" });
  });
}
