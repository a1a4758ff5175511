/** What the shadow credentials file holds: for whom, how long, and what is left when a session ends. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Session, SessionSetting } from "../../src/session/session.ts";
import { readShadow, shadowText } from "../../src/session/shadow-file.ts";
import { runs } from "../runs.ts";
import { iniFile } from "./arbitrary-ini.ts";
import { own, sessionOf } from "./fake-host.ts";
import { readBySdk } from "./sdk-reader.ts";

const on: SessionSetting = { profile: "dev", serial: null, durationSeconds: 43_200, on: true };
const early = new Date("2025-01-01T01:00:00Z");
const late = new Date("2025-01-02T00:00:00Z");
const made = (
  sessions: readonly Session[],
  settings: readonly SessionSetting[] = [on],
  { now = early, credentials = own, config = "" } = {},
) => shadowText({ madeOf: "/home/me/.aws/credentials", sessions }, { config, credentials }, settings, now);
const keyOf = async (text: string, profile = "dev") => (await readBySdk(text))[profile]?.["aws_access_key_id"];

test("shadow: the session's keys stand in the place of the profile's, all else is as it was", async () => {
  const { default: usual, dev } = await readBySdk(made([sessionOf()]));
  assert.deepEqual(usual, { aws_access_key_id: "AKIADEFAULT000000000", aws_secret_access_key: "default-secret" });
  assert.deepEqual(dev, {
    aws_access_key_id: "ASIASESSION000000000",
    aws_secret_access_key: "session-secret",
    aws_session_token: "session-token==",
    region: "eu-west-1",
  });
});

test("shadow: without a session, or off, the text is the user's own below the head", async () => {
  for (const text of [made([]), made([sessionOf()], []), made([sessionOf()], [{ ...on, on: false }])]) {
    assert.ok(text.endsWith(`# cacheauth end\n\n${own}`), text);
  }
});

test("shadow: a session that has ended stays in place, so that AWS says it has expired and nothing goes on without MFA", async () => {
  const text = made([sessionOf()], [on], { now: late });
  assert.equal(await keyOf(text), "ASIASESSION000000000");
  assert.deepEqual(readShadow(text)?.sessions, [sessionOf()], "and the next time too");
});

test("shadow: switched off, a session is kept for when it is on again; once it has ended, it is not", () => {
  const off = [{ ...on, on: false }];
  assert.deepEqual(readShadow(made([sessionOf()], off))?.sessions, [sessionOf()]);
  assert.deepEqual(readShadow(made([sessionOf()], off, { now: late }))?.sessions, []);
});

test("shadow: keys that changed are no longer the session's: theirs it is not used for", async () => {
  const credentials = own.replace("AKIADEV0000000000000", "AKIAOTHER00000000000");
  const text = made([sessionOf()], [on], { credentials });
  assert.equal(await keyOf(text), "AKIAOTHER00000000000");
  assert.deepEqual(readShadow(text)?.sessions, [sessionOf()], "kept: a file that is being written may look so");
});

test("shadow: while a file is being written the sessions are not lost", async () => {
  const sessions = readShadow(made([sessionOf()], [on], { credentials: "" }))?.sessions ?? [];
  assert.equal(await keyOf(made(sessions)), "ASIASESSION000000000");
});

test("shadow: a profile whose keys are in the config file gets a section", async () => {
  const config = "[profile conf]\naws_access_key_id = AKIACONF000000000000\naws_secret_access_key = x\n";
  const session = sessionOf({ profile: "conf", ownKeyId: "AKIACONF000000000000" });
  const text = made([session], [{ ...on, profile: "conf" }], { config });
  assert.equal(await keyOf(text, "conf"), "ASIASESSION000000000");
});

test("shadow: a role is assumed with other keys than its own, and gets no session", async () => {
  const config = "[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = default\n";
  assert.equal(await keyOf(made([sessionOf()], [on], { config })), "AKIADEV0000000000000");
});

test("shadow: what was written is read again, whatever the texts in it", () => {
  // Without newlines: keys have none, and names come out of lines.
  const text = fc.string({ unit: "binary", minLength: 1 }).map((text) => text.replace(/[\r\n]/g, "-"));
  const whole = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => new Date(seconds * 1_000));
  fc.assert(
    fc.property(
      fc.record({
        profile: text,
        accessKeyId: text,
        secretAccessKey: text,
        sessionToken: text,
        serial: text,
        ownKeyId: text,
      }),
      whole,
      iniFile,
      (texts, madeAt, { text }) => {
        const session = { ...texts, madeAt, expiresAt: new Date("2099-01-01T00:00:00Z") };
        const shadow = { madeOf: texts.serial, sessions: [session] };
        assert.deepEqual(readShadow(shadowText(shadow, { config: "", credentials: text }, [], early)), shadow);
      },
    ),
    runs(1_000),
  );
});

test("shadow: what cacheauth did not make is not read as if it had", () => {
  for (const text of [
    "",
    own,
    `${own}\n${made([sessionOf()])}`,
    `\ufeff${made([])}`,
    made([]).slice(0, 120),
    made([]).replace(" 1:", " 10:"),
  ])
    assert.equal(readShadow(text), null);
});

test("shadow: lines of the head that make no sense are passed over", () => {
  const text = made([sessionOf()]);
  const [first = "", of = "", session = "", ...rest] = text.split("\n");
  const broken = [
    session.slice(0, -1),
    session.replace("2025", "year"),
    session.replace('"dev"', "7"),
    "# cacheauth session null",
  ];
  assert.deepEqual(readShadow([first, of, ...broken, session, ...rest].join("\n"))?.sessions, [sessionOf()]);
});

test("shadow: a head within the user's own text counts for nothing", () => {
  const credentials = `${made([sessionOf({ sessionToken: "other" })])}`;
  const { sessions } = readShadow(made([sessionOf()], [on], { credentials })) ?? {};
  assert.deepEqual(sessions, [sessionOf()]);
});
