/** The runner's loop, at a clock of the test's. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CacheauthError } from "../../src/errors.ts";
import { keepInStep, type StepEvent } from "../../src/session/keep-in-step.ts";
import { sessionPlaces } from "../../src/session/places.ts";
import type { SessionSetting } from "../../src/session/session.ts";
import { bringInStep } from "../../src/session/session-files.ts";
import { settingsText } from "../../src/session/session-settings.ts";
import { fakeHost, own, sessionOf } from "./fake-host.ts";

const places = sessionPlaces({ env: {}, homeDirectory: "/home/me", platform: "linux" });
const on: SessionSetting = { profile: "dev", serial: null, durationSeconds: 43_200, on: true };
const aws = "/home/me/.aws";

/** A runner that has begun, with what it told so far. */
async function running(change = { setting: on, session: sessionOf() }) {
  const host = fakeHost({ [`${aws}/credentials`]: own });
  const reads = { count: 0, fault: null as Error | null };
  const readAwsFiles = async () => {
    reads.count += 1;
    if (reads.fault) throw reads.fault;
    const credentials = host.files.get(`${aws}/credentials`) ?? "";
    const config = host.files.get(`${aws}/config`) ?? "";
    return { texts: { config, credentials }, configPath: `${aws}/config`, credentialsPath: `${aws}/credentials` };
  };
  const inStep = await bringInStep(host, places, readAwsFiles, change);
  const told: string[] = [];
  const failures: unknown[] = [];
  const tell = (event: StepEvent) => {
    told.push(event.event === "kept" ? `kept ${event.error.code}` : event.event);
  };
  const watched = [
    { folder: aws, names: ["credentials", "config"] },
    { folder: places.settingsFolder, names: ["sessions.json"] },
  ];
  const end = keepInStep({ host, places, readAwsFiles, watched, tell, fail: (error) => failures.push(error) }, inStep);
  await host.pass(0);
  const write = (text: string) => host.files.set(`${aws}/credentials`, text);
  const shadow = () => host.files.get(places.shadow) ?? "";
  return { host, reads, told, failures, end, write, shadow };
}

test("runner: a change that is told of is in the shadow file a moment later", async () => {
  const { host, write, shadow, told, end } = await running();
  write(`${own}[new]\nregion = x\n`);
  host.change(aws, "credentials");
  await host.pass(300);
  assert.match(shadow(), /\[new\]\nregion = x\n$/);
  assert.match(shadow(), /ASIASESSION000000000/);
  assert.deepEqual(told, ["written"]);
  await end();
});

test("runner: a change that nobody tells of is seen within five seconds", async () => {
  const { host, write, shadow, end } = await running();
  write(`${own}# more\n`);
  await host.pass(4_900);
  assert.doesNotMatch(shadow(), /# more/);
  await host.pass(300);
  assert.match(shadow(), /# more/);
  await end();
});

test("runner: other files in the folder are not its business", async () => {
  const { host, reads, end } = await running();
  const before = reads.count;
  for (let times = 0; times < 50; times += 1) host.change(aws, "cli");
  await host.pass(1_000);
  assert.equal(reads.count, before);
  await end();
});

test("runner: a thousand events at once are one look, and what is in step is not written", async () => {
  const { host, reads, told, end } = await running();
  const before = reads.count;
  const writes = host.writes.length;
  for (let times = 0; times < 1_000; times += 1) host.change(aws, "credentials");
  await host.pass(1_000);
  assert.ok(reads.count - before <= 2, `${reads.count - before} reads`);
  assert.deepEqual([host.writes.length, told], [writes, []]);
  await end();
});

test("runner: a file that is being written is waited for", async () => {
  const { host, write, shadow, told, end } = await running();
  for (const part of ["", "[default]\n", `${own.slice(0, 80)}`, `${own}# whole\n`]) {
    write(part);
    host.change(aws, "credentials");
    await host.pass(60);
  }
  await host.pass(300);
  assert.match(shadow(), /# whole\n$/);
  assert.deepEqual(told, ["written"]);
  await end();
});

test("runner: a change while it writes is not lost", async () => {
  const { host, write, shadow, end } = await running();
  const { writePrivateFile } = host;
  host.writePrivateFile = async (path, text) => {
    await writePrivateFile(path, text);
    if (text.includes("# second")) return;
    write(`${own}# second\n`);
    host.change(aws, "credentials");
  };
  write(`${own}# first\n`);
  host.change(aws, "credentials");
  await host.pass(600);
  assert.match(shadow(), /# second\n$/);
  await end();
});

test("runner: settings that change by other hands count at once", async () => {
  const { host, shadow, end } = await running();
  host.files.set(places.settings, settingsText([{ ...on, on: false }]));
  host.change(places.settingsFolder, "sessions.json");
  await host.pass(300);
  assert.match(shadow(), /aws_access_key_id = AKIADEV0000000000000/);
  host.files.set(places.settings, settingsText([on]));
  host.change(places.settingsFolder, "sessions.json");
  await host.pass(300);
  assert.match(shadow(), /aws_access_key_id = ASIASESSION000000000/);
  await end();
});

test("runner: what cannot be read is told once, what was there stays, and it goes on when it can be read", async () => {
  const { host, reads, write, shadow, told, end } = await running();
  const before = shadow();
  reads.fault = new CacheauthError("aws-file-malformed", "line 3", "mend it");
  await host.pass(30_000);
  assert.deepEqual(told, ["kept aws-file-malformed"]);
  reads.fault = new CacheauthError("aws-file-malformed", "line 4", "mend it");
  await host.pass(30_000);
  assert.equal(shadow(), before);
  reads.fault = null;
  write(`${own}# mended\n`);
  await host.pass(6_000);
  assert.match(shadow(), /# mended/);
  assert.deepEqual(told, ["kept aws-file-malformed", "kept aws-file-malformed", "written"]);
  await end();
});

test("runner: a full disk is told once, and ends", async () => {
  const { host, write, shadow, told, end } = await running();
  host.faults.set(places.shadow, "ENOSPC");
  const { readFile } = host;
  const text = shadow();
  host.readFile = async (path) => (path === places.shadow ? new TextEncoder().encode(text) : readFile(path));
  write(`${own}# more\n`);
  await host.pass(60_000);
  assert.deepEqual(told, ["kept output-unwritable"]);
  host.faults.clear();
  host.readFile = readFile;
  await host.pass(6_000);
  assert.deepEqual(told, ["kept output-unwritable", "written"]);
  assert.match(shadow(), /# more/);
  await end();
});

test("runner: a session that ends is told of once, and stays in the file", async () => {
  const expiresAt = new Date("2025-01-01T00:02:00Z");
  const { host, told, shadow, end } = await running({ setting: on, session: sessionOf({ expiresAt }) });
  await host.pass(115_000);
  assert.deepEqual(told, []);
  await host.pass(60_000);
  assert.deepEqual(told, ["ended"]);
  assert.match(shadow(), /aws_access_key_id = ASIASESSION000000000/);
  await end();
});

test("runner: a shadow file that was removed is made again", async () => {
  const { host, shadow, end } = await running();
  host.files.delete(places.shadow);
  await host.pass(6_000);
  assert.match(shadow(), /AKIADEV0000000000000/);
  await end();
});

test("runner: a folder that is not there yet, or whose watch ended, is watched as soon as it can be", async () => {
  const { host, write, shadow, end } = await running();
  host.faults.set(aws, "ENOENT");
  host.change(aws, null);
  await host.pass(20_000);
  assert.deepEqual(host.watched(), [places.settingsFolder]);
  host.faults.delete(aws);
  await host.pass(6_000);
  assert.deepEqual(host.watched().toSorted(), [aws, places.settingsFolder].toSorted());
  write(`${own}# seen\n`);
  host.change(aws, "credentials");
  await host.pass(300);
  assert.match(shadow(), /# seen/);
  await end();
});

test("runner: when it has ended nothing is watched, timed or written", async () => {
  const { host, write, reads, end } = await running();
  write(`${own}# more\n`);
  host.change(aws, "credentials");
  const ending = end();
  await host.pass(1_000);
  await ending;
  const count = reads.count;
  const writes = host.writes.length;
  assert.equal(host.timers(), 0);
  host.change(aws, "credentials");
  await host.pass(60_000);
  assert.deepEqual([host.watched(), reads.count, host.writes.length, host.locks.size], [[], count, writes, 0]);
});

test("runner: what should not happen stops it, and is handed on", async () => {
  const { host, reads, failures, told, end } = await running();
  reads.fault = new TypeError("a bug");
  await host.pass(30_000);
  assert.deepEqual([failures.map(String), told], [["TypeError: a bug"], []]);
  await end();
});
