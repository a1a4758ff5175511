/** `token --watch` killed at 200 random moments: the file is always a whole token that verifies, or not there yet. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { exampleKeys, type Program, programs, run, withDirectory } from "../app/program.ts";
import { withRunning } from "../app/running.ts";

const token = ["token", "master.my-cache.abc123.use1.cache.amazonaws.com", "-u", "my-user"];
const whole = /^my-cache\/\?Action=connect&User=my-user&[\x21-\x7e]+&X-Amz-Signature=[0-9a-f]{64}$/;
const credentials = `[default]\naws_access_key_id = ${exampleKeys.AWS_ACCESS_KEY_ID}\naws_secret_access_key = ${exampleKeys.AWS_SECRET_ACCESS_KEY}\n`;

/** Each program is killed within the time that its start and first refreshes take. */
const rounds: Readonly<Record<string, readonly [count: number, withinMs: number]>> = {
  "dist/cacheauth": [200, 60],
  "npm package on node": [40, 250],
};

for (const program of programs) {
  const [count, withinMs] = rounds[program.name] ?? [0, 0];
  if (count === 0) continue;

  test(`${program.name}: killed ${count} times, at any moment of its start and of its refreshes`, () =>
    withDirectory(async (home) => {
      const folder = join(home, "run");
      const file = join(folder, "token");
      const tokens = new Set<string>();
      let reads = 0;
      let isOver = false;
      mkdirSync(folder);
      mkdirSync(join(home, ".aws"));
      const reader = (async () => {
        for (; !isOver; reads += 1) {
          const text = await readFile(file, "latin1").catch(() => null);
          if (text === null) continue;
          assert.match(text, whole);
          tokens.add(text);
        }
      })();
      for (let round = 0; round < count; round += 1) {
        if (round % 10 === 0) rmSync(file, { force: true });
        await killedOnce(program, home, file, Math.random() * withinMs, round);
        if (existsSync(file)) {
          const text = readFileSync(file, "latin1");
          assert.match(text, whole);
          tokens.add(text);
        }
      }
      isOver = true;
      await reader;
      // Two of one second are one token.
      assert.ok(tokens.size > 5 && reads > count, `${tokens.size} tokens in ${reads} reads`);
      await allVerify(program, home, [...tokens]);
      await leavesNothing(program, home, folder, file);
    }));
}

/** Comments make the credentials others each time, so that it refreshes while it is killed, too. */
async function killedOnce(program: Program, home: string, file: string, afterMs: number, round: number) {
  const path = join(home, ".aws/credentials");
  writeFileSync(path, `${credentials}# ${round}\n`);
  await withRunning(program, [...token, "--output", file, "--watch"], { env: { HOME: home } }, async (running) => {
    if (round % 2 === 1) {
      await running.until("stderr", /good until/);
      writeFileSync(path, `${credentials}# ${round} again\n`);
      // It waits a tenth of a second for the file to be written whole.
      await new Promise((resolve) => setTimeout(resolve, 95));
    }
    await new Promise((resolve) => setTimeout(resolve, round % 2 === 1 ? afterMs / 4 : afterMs));
    running.signal("SIGKILL");
    assert.equal((await running.closed).signal, "SIGKILL");
    assert.doesNotMatch(running.said.stderr, /error:/);
  });
}

async function allVerify(program: Program, home: string, tokens: readonly string[]): Promise<void> {
  for (const text of tokens) {
    writeFileSync(join(home, "one"), text);
    const args = ["verify", "--token-file", join(home, "one"), "--replication-group-id", "my-cache", "-u", "my-user"];
    const { code, stdout } = await run(program, [...args, "-r", "us-east-1"], { env: exampleKeys });
    assert.equal(code, 0, stdout);
  }
}

/** What was killed while it wrote has left files of its own; the next removes those that nobody can be writing. */
async function leavesNothing(program: Program, home: string, folder: string, file: string): Promise<void> {
  const unfinished = readdirSync(folder).filter((name) => name.endsWith(".tmp"));
  console.log(`${program.name}: killed ${unfinished.length} times while it wrote`);
  for (const name of unfinished) utimesSync(join(folder, name), 1, 1);
  await withRunning(program, [...token, "--output", file, "--watch"], { env: { HOME: home } }, async (running) => {
    await running.until("stderr", /good until/);
    running.signal("SIGTERM");
    assert.equal((await running.closed).code, 0);
  });
  assert.deepEqual(readdirSync(folder), ["token"]);
}
