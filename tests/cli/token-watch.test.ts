/** `token --watch` whole, with real files, at a clock that is moved by hand. */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { runCli } from "../../src/cli.ts";
import { tokenOutput } from "../../src/commands/token/output.ts";
import { statusFile } from "../../src/commands/token/status.ts";
import { type MovedClock, movedClock } from "../client/clock.ts";
import { type FakeRuntime, fakeRuntime } from "../fakes/runtime.ts";

const host = "master.my-cache.abc123.use1.cache.amazonaws.com";
const keys = { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "s".repeat(40) };
const whole = /^my-cache\/\?Action=connect&User=my-user&[\x21-\x7e]+&X-Amz-Signature=[0-9a-f]{64}$/;

interface Watch {
  readonly clock: MovedClock;
  readonly folder: string;
  readonly file: string;
  readonly written: FakeRuntime["written"];
  /** Its variables, to be changed meanwhile. */
  readonly env: Record<string, string | undefined>;
  /** Moves the clock from timer to timer, with no file operation under way, until it is so. */
  until(is: () => boolean): Promise<void>;
  /** As SIGTERM does. Resolves to the exit code. */
  stop(): Promise<number>;
  readonly ended: Promise<number>;
}

async function withWatch(flags: readonly string[], use: (watch: Watch) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "cacheauth-test-"));
  const file = join(folder, "token");
  const clock = movedClock();
  const env: Record<string, string | undefined> = { ...keys };
  let busy = 0;
  /** The real one, counted while it is under way: the clock stands still meanwhile. */
  const counted =
    <Args extends unknown[], T>(run: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      busy += 1;
      try {
        return await run(...args);
      } finally {
        busy -= 1;
      }
    };
  const made = await fakeRuntime(["token", host, "-u", "my-user", "--output", file, "--watch", ...flags]);
  let stop = () => {};
  const runtime = {
    ...made,
    host: {
      ...made.host,
      env,
      kindOf: counted(made.host.kindOf),
      writePrivateFile: counted(made.host.writePrivateFile),
      lock: counted(made.host.lock),
      removeUnfinished: counted(made.host.removeUnfinished),
      ...{ now: clock.now, elapsedMs: clock.elapsedMs, after: clock.after },
      onStop(run: (signal: "SIGTERM") => void) {
        stop = () => run("SIGTERM");
        return () => {};
      },
    },
  };
  let code: number | null = null;
  const ended = runCli(runtime).then((value) => {
    code = value;
    return value;
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const until = async (is: () => boolean) => {
    for (; !is() && code === null; await clock.next()) {
      // Signing and loading take turns of their own; the clock waits for two more.
      for (let quiet = 0; quiet < 3 && !is(); quiet += 1) {
        if (busy > 0) quiet = 0;
        await turn();
      }
      if (is()) return;
    }
  };
  try {
    await use({
      ...{ clock, folder, file, env, until, ended },
      written: made.written,
      async stop() {
        stop();
        while (code === null) {
          await new Promise((resolve) => setTimeout(resolve, 1));
          await clock.next();
        }
        return ended;
      },
    });
  } finally {
    if (code === null) stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

test("token --watch: 500 refreshes, one line each; a reader that reads in a loop never sees half a token", () =>
  withWatch([], async ({ clock, folder, file, written, until, stop }) => {
    await until(() => existsSync(file) && written.stderr !== "");
    let isOver = false;
    let reads = 0;
    const seen = new Set<string>();
    const reader = (async () => {
      for (; !isOver; reads += 1) {
        const text = await readFile(file, "latin1");
        assert.match(text, whole);
        seen.add(text);
      }
    })();
    const start = clock.now().getTime();
    for (let [count, end] = [1, -1]; count <= 500; count += 1) {
      const lineEnd = () => written.stderr.indexOf("\n", end + 1);
      await until(() => lineEnd() !== -1);
      end = lineEnd();
    }
    isOver = true;
    await reader;
    assert.ok(reads > 500 && seen.size > 100, `${reads} reads saw ${seen.size} tokens`);
    const lines = written.stderr.trim().split("\n");
    assert.equal(lines.length, 500);
    for (const line of lines) {
      assert.match(line, /^\d{4}-\S+Z \S+\/token: a token for my-user, good until \S+Z; the next at \S+Z$/);
    }
    const hours = (clock.now().getTime() - start) / 3_600_000;
    assert.ok(hours > 499 * 0.15 && hours < 499 * 0.168, `${hours} hours`);
    assert.equal(await stop(), 0);
    assert.deepEqual([readdirSync(folder), written.stdout], [["token"], ""]);
    assert.ok(!written.stderr.includes("X-Amz"));
  }));

test("token --watch --json: a line of the schema for each, and the token in none", () =>
  withWatch(["--json", "--every", "60"], async ({ written, until, stop }) => {
    await until(() => written.stdout.split("\n").length > 5);
    assert.equal(await stop(), 0);
    const lines = written.stdout.trim().split("\n");
    const times = lines.map((line) => {
      const { token, file, issuedAt } = tokenOutput.parse(JSON.parse(line));
      assert.deepEqual([token, file?.endsWith("/token")], [null, true]);
      return Date.parse(issuedAt);
    });
    for (const [index, time] of times.entries()) {
      if (index > 0) assert.ok(time - (times[index - 1] ?? 0) >= 54_000 && time - (times[index - 1] ?? 0) <= 60_000);
    }
    assert.deepEqual([written.stderr, written.stdout.includes("X-Amz")], ["", false]);
  }));

test("token --watch: credentials that vanish and return: the old file stays, it is told once a round, and goes on", () =>
  withWatch([], async ({ file, written, until, stop, env }) => {
    await until(() => written.stderr !== "");
    const first = readFileSync(file, "latin1");
    delete env["AWS_ACCESS_KEY_ID"];
    delete env["AWS_SECRET_ACCESS_KEY"];
    env["AWS_EC2_METADATA_DISABLED"] = "true";
    await until(() => /^error: /m.test(written.stderr));
    assert.match(written.stderr, /^error: .*\(8 tries; the file keeps what it has; the next at \S+Z\)\nfix: /m);
    assert.equal(readFileSync(file, "latin1"), first);
    Object.assign(env, keys, { AWS_ACCESS_KEY_ID: "AKIAI44QH8DHBEXAMPLE" });
    await until(() => readFileSync(file, "latin1") !== first);
    assert.match(readFileSync(file, "latin1"), /AKIAI44QH8DHBEXAMPLE/);
    assert.equal(written.stderr.match(/^error: /gm)?.length, 1);
    assert.equal(await stop(), 0);
  }));

test("token --watch: without credentials it ends at once, and leaves no lock", () =>
  withWatch(["--profile", "none"], async ({ folder, ended, written }) => {
    assert.equal(await ended, 3);
    assert.match(written.stderr, /^error: /);
    assert.deepEqual(readdirSync(folder), []);
  }));

test("token --status-file: successes and failures are in it, as they come", () => {
  const status = join(mkdtempSync(join(tmpdir(), "cacheauth-test-")), "status");
  const read = () => statusFile.parse(JSON.parse(readFileSync(status, "utf8")));
  return withWatch(["--status-file", status], async ({ until, stop, env, file }) => {
    await until(() => existsSync(status) && read().lastSuccessAt !== null);
    const good = read();
    assert.deepEqual([good.file, good.failuresSince, good.error], [file, 0, null]);
    assert.equal(good.lastSuccessAt, "2025-01-01T00:00:00Z");
    assert.equal(good.expiresAt, "2025-01-01T00:15:00Z");
    assert.equal(statSync(status).mode & 0o777, 0o600);
    delete env["AWS_SECRET_ACCESS_KEY"];
    await until(() => read().failuresSince >= 3);
    const bad = read();
    assert.deepEqual([bad.error, bad.lastSuccessAt], ["credentials-malformed", good.lastSuccessAt]);
    env["AWS_SECRET_ACCESS_KEY"] = keys.AWS_SECRET_ACCESS_KEY;
    await until(() => read().failuresSince === 0);
    assert.equal(read().error, null);
    assert.equal(await stop(), 0);
  }).finally(() => rmSync(join(status, ".."), { recursive: true }));
});
