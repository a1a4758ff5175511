/** What is read and written, in which order, and what is refused. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sessionPlaces } from "../../src/session/places.ts";
import type { SessionSetting } from "../../src/session/session.ts";
import { type AwsFiles, bringInStep, isInStep, loadSessions, loadSettings } from "../../src/session/session-files.ts";
import { settingsText } from "../../src/session/session-settings.ts";
import { readShadow } from "../../src/session/shadow-file.ts";
import { usableSession } from "../../src/session/usable-session.ts";
import { type FakeHost, fakeHost, own, sessionOf } from "./fake-host.ts";

const places = sessionPlaces({ env: {}, homeDirectory: "/home/me", platform: "linux" });
const on: SessionSetting = { profile: "dev", serial: null, durationSeconds: 43_200, on: true };
const files = (credentials = own): AwsFiles => ({
  texts: { config: "", credentials },
  configPath: "/home/me/.aws/config",
  credentialsPath: "/home/me/.aws/credentials",
});
const step = (host: FakeHost, change = {}, credentials = own) =>
  bringInStep(host, places, async () => files(credentials), change);

test("files: the first change makes both, and none of the user's own", async () => {
  const host = fakeHost();
  const inStep = await step(host, { setting: on, session: sessionOf() });
  assert.deepEqual(host.writes, [places.settings, places.shadow]);
  assert.deepEqual([inStep.isWritten, inStep.placed, inStep.madeOfBefore], [true, [sessionOf()], null]);
  assert.deepEqual(await loadSettings(host, places), [on]);
  assert.deepEqual(await loadSessions(host, places), [sessionOf()]);
  assert.equal(host.locks.size, 0);
});

test("files: what is in step is not written again", async () => {
  const host = fakeHost();
  await step(host, { setting: on, session: sessionOf() });
  assert.ok(await isInStep(host, places, files()));
  assert.equal((await step(host)).isWritten, false);
  assert.equal(host.writes.length, 2);
  assert.ok(!(await isInStep(host, places, files(`${own}# more\n`))));
});

test("files: a session takes the place of the profile's before, and of no other's", async () => {
  const host = fakeHost();
  const other = sessionOf({
    profile: "default",
    ownKeyId: "AKIADEFAULT000000000",
    accessKeyId: "ASIAOTHER00000000000",
  });
  await step(host, { setting: on, session: sessionOf() });
  await step(host, { setting: { ...on, profile: "default" }, session: other });
  const next = sessionOf({ accessKeyId: "ASIANEXT000000000000" });
  await step(host, { session: next });
  assert.deepEqual(await loadSessions(host, places), [other, next]);
});

test("files: nothing is read from or written to where others may write", async () => {
  const host = fakeHost();
  host.makeOwnFolder = () => Promise.reject(Object.assign(new Error(), { code: "ENOTOWN", why: "writable" }));
  await assert.rejects(step(host, { session: sessionOf() }), {
    code: "session-folder-unfit",
    message: /others may write/,
  });
  assert.deepEqual([host.writes, host.locks.size], [[], 0]);
});

test("files: one in the shadow file's place that cacheauth did not make is left as it is", async () => {
  const host = fakeHost({ [places.shadow]: own });
  await assert.rejects(step(host, { session: sessionOf() }), { code: "session-file-foreign" });
  assert.deepEqual([host.files.get(places.shadow), host.writes, host.locks.size], [own, [], 0]);
  await assert.rejects(loadSessions(host, places), { code: "session-file-foreign" });
});

test("files: the user's own file is never taken for the shadow file", async () => {
  const host = fakeHost();
  const same = async () => ({ ...files(), credentialsPath: places.shadow });
  await assert.rejects(bringInStep(host, places, same), { code: "session-file-foreign" });
  assert.deepEqual(host.writes, []);
});

test("files: where the AWS files cannot be read nothing is written, and the lock is given back", async () => {
  const host = fakeHost();
  const broken = () => Promise.reject(new Error("broken"));
  await assert.rejects(bringInStep(host, places, broken, { session: sessionOf(), setting: on }), /broken/);
  assert.deepEqual([host.writes, host.locks.size], [[], 0]);
});

for (const [code, says] of [
  ["ENOSPC", /no space is left/],
  ["EROFS", /read-only/],
  ["EACCES", /you may not write/],
  ["EIO", /EIO/],
] as const) {
  test(`files: ${code} is told with its file, and what was there stays`, async () => {
    const host = fakeHost();
    await step(host, { setting: on, session: sessionOf() });
    const before = host.files.get(places.shadow);
    const { writePrivateFile } = host;
    host.writePrivateFile = (path, text) =>
      path === places.shadow ? Promise.reject(Object.assign(new Error(), { code })) : writePrivateFile(path, text);
    await assert.rejects(step(host, {}, `${own}# more\n`), { code: "output-unwritable", message: says });
    assert.equal(host.files.get(places.shadow), before);
    assert.equal(host.locks.size, 0);
  });
}

test("files: who holds the lock is waited for", async () => {
  const host = fakeHost();
  host.locks.add(places.lock);
  let isDone = false;
  const waiting = step(host, { session: sessionOf() }).then(() => {
    isDone = true;
  });
  await host.pass(5_000);
  assert.equal(isDone, false);
  host.locks.delete(places.lock);
  await host.pass(100);
  await waiting;
  assert.equal(isDone, true);
});

test("files: who never gives the lock back is named in the end", async () => {
  const host = fakeHost();
  host.locks.add(places.lock);
  const waiting = assert.rejects(step(host), { code: "session-file-locked", message: /process 4711/ });
  await host.pass(20_000);
  await waiting;
});

test("files: where the lock cannot be taken, why", async () => {
  const host = fakeHost();
  host.faults.set(places.lock, "EACCES");
  await assert.rejects(step(host), { code: "session-file-locked", message: /EACCES/ });
});

test("files: what cannot be read is told, not taken for nothing", async () => {
  const host = fakeHost({ [places.settings]: settingsText([on]) });
  for (const code of ["EACCES", "EISDIR", "EIO"]) {
    host.faults.set(places.settings, code);
    await assert.rejects(loadSettings(host, places), { code: "session-file-unreadable" });
  }
  host.faults.set(places.settings, "ENOTDIR");
  assert.deepEqual(await loadSettings(host, places), []);
  host.readFile = async () => new Uint8Array([0xff]);
  await assert.rejects(loadSettings(host, places), { code: "session-file-unreadable", message: /not UTF-8/ });
});

test("files: a change keeps what others changed before it", async () => {
  const host = fakeHost();
  const profiles = ["a", "b", "c", "d"];
  const changes = profiles.map((profile) => step(host, { setting: { ...on, profile } }));
  await host.pass(1_000);
  await Promise.all(changes);
  assert.deepEqual((await loadSettings(host, places)).map(({ profile }) => profile).sort(), profiles);
});

test("files: of which file the shadow was made before is told", async () => {
  const host = fakeHost();
  await step(host, { session: sessionOf() });
  const other = async () => ({ ...files(), credentialsPath: "/elsewhere" });
  assert.equal((await bringInStep(host, places, other)).madeOfBefore, "/home/me/.aws/credentials");
  assert.equal(readShadow(host.files.get(places.shadow) ?? "")?.madeOf, "/elsewhere");
});

const now = new Date("2025-01-01T01:00:00Z");
const usable = (settings: readonly SessionSetting[], sessions = [sessionOf()], at = now, credentials = own) =>
  usableSession("dev", settings, sessions, files(credentials).texts, at);

test("usable: a session that lives", () => {
  assert.deepEqual(usable([on]), sessionOf());
});

test("usable: why not, each with the command that mends it", () => {
  const hint = (hint: RegExp, code: string) => ({ code, hint });
  const set = /cacheauth session set dev --serial ARN/;
  const gen = /cacheauth session gen dev/;
  assert.throws(() => usable([]), hint(set, "session-not-set"));
  assert.throws(() => usable([{ ...on, on: false }]), hint(/set dev --on/, "session-off"));
  assert.throws(() => usable([on], []), hint(gen, "session-missing"));
  const other = own.replace("AKIADEV0000000000000", "AKIAOTHER00000000000");
  assert.throws(() => usable([on], undefined, now, other), { ...hint(gen, "session-missing"), message: /other keys/ });
  const end = new Date("2025-01-01T12:00:00Z");
  assert.throws(() => usable([on], undefined, end), { ...hint(gen, "session-expired"), message: /0 s ago/ });
  assert.doesNotThrow(() => usable([on], undefined, new Date(end.getTime() - 1)));
});

test("usable: a name with spaces is quoted in the command that is to be typed", () => {
  assert.throws(() => usableSession("my profile", [], [], files().texts, now), { hint: /set 'my profile' --serial/ });
});
