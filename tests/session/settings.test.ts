/** The settings file, durations, and where files are. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CacheauthError } from "../../src/errors.ts";
import { durationWord, parseDuration } from "../../src/session/duration.ts";
import { sessionPlaces } from "../../src/session/places.ts";
import { readSettings, settingsText, withSetting } from "../../src/session/session-settings.ts";

const setting = fc
  .tuple(fc.string({ minLength: 1 }), fc.option(fc.string()), fc.integer({ min: 900, max: 129_600 }), fc.boolean())
  .map(([profile, serial, durationSeconds, on]) => ({ profile, serial, durationSeconds, on }));
const settings = fc.uniqueArray(setting, { selector: ({ profile }) => profile });

test("settings: what was written is read again, __proto__ too", () => {
  fc.assert(
    fc.property(settings, (settings) => {
      assert.deepEqual(readSettings(settingsText(settings), "f"), settings);
    }),
  );
  const proto = [{ profile: "__proto__", serial: null, durationSeconds: 900, on: true }];
  assert.deepEqual(readSettings(settingsText(proto), "f"), proto);
});

test("settings: a profile's takes the place of what it had, or comes last", () => {
  fc.assert(
    fc.property(settings, setting, (settings, setting) => {
      const changed = withSetting(settings, setting);
      assert.deepEqual(
        changed.filter(({ profile }) => profile === setting.profile),
        [setting],
      );
      const others = ({ profile }: { profile: string }) => profile !== setting.profile;
      assert.deepEqual(changed.filter(others), settings.filter(others));
    }),
  );
});

const good = { profile: "dev", serial: null, durationSeconds: 900, on: true };
const wrong: readonly (readonly [text: string, says: RegExp])[] = [
  ["", /not JSON/],
  ["{", /not JSON/],
  ["[]", /"version" is not 1/],
  ["null", /"version" is not 1/],
  ['{"version":2,"profiles":[]}', /"version" is not 1/],
  ['{"version":1}', /"profiles" is no list/],
  [settingsText([{ ...good, profile: "" }]), /profile 1 of it has no "profile"/],
  [settingsText([good, { ...good, profile: "b", on: "yes" as unknown as boolean }]), /profile 2 of it has an "on"/],
  [settingsText([{ ...good, serial: 7 as unknown as string }]), /"serial"/],
  [settingsText([{ ...good, durationSeconds: 899 }]), /"durationSeconds"/],
  [settingsText([{ ...good, durationSeconds: 900.5 }]), /"durationSeconds"/],
  [settingsText([good, good]), /"dev" is in it twice/],
  ['{"version":1,"profiles":[null]}', /no "profile"/],
];
for (const [text, says] of wrong) {
  test(`settings: ${says.source}: ${text.replace(/\s+/g, "").slice(0, 60)}`, () => {
    assert.throws(
      () => readSettings(text, "sessions.json"),
      (error) => error instanceof CacheauthError && error.code === "session-file-malformed" && says.test(error.message),
    );
  });
}

test("duration: as people write it", () => {
  for (const [text, seconds] of [
    ["12h", 43_200],
    ["15m", 900],
    ["90min", 5_400],
    ["1h30m", 5_400],
    ["1H 30M", 5_400],
    ["36h", 129_600],
    ["1d12h", 129_600],
    ["1d", 86_400],
    ["3600", 3_600],
    ["3600s", 3_600],
    ["1h0m1s", 3_601],
  ] as const)
    assert.equal(parseDuration(text), seconds, text);
});

test("duration: what is none, and what AWS does not give", () => {
  for (const text of ["", "h", "12x", "-1h", "1.5h", "12h30", "m15", "١h", "99999999999"])
    assert.throws(() => parseDuration(text), /not a duration|seconds, and AWS/);
  for (const text of ["0", "14m59s", "899", "36h1s", "2d"])
    assert.throws(() => parseDuration(text), /15 minutes to 36 hours/);
});

test("duration: written as it is read", () => {
  fc.assert(
    fc.property(fc.integer({ min: 900, max: 129_600 }), (seconds) => {
      assert.equal(parseDuration(durationWord(seconds)), seconds);
    }),
  );
});

const places = (platform: string, env: Record<string, string>, homeDirectory: string | null = "/home/me") => {
  const { settings, shadow, socket } = sessionPlaces({ env, homeDirectory, platform });
  return [settings, shadow, socket];
};

test("places: XDG's, and its variables where they are absolute", () => {
  assert.deepEqual(places("linux", {}), [
    "/home/me/.config/cacheauth/sessions.json",
    "/home/me/.local/state/cacheauth/credentials",
    "/home/me/.local/state/cacheauth/run/socket",
  ]);
  const xdg = { XDG_CONFIG_HOME: "/c/", XDG_STATE_HOME: "/s" };
  assert.deepEqual(places("linux", xdg).slice(0, 2), ["/c/cacheauth/sessions.json", "/s/cacheauth/credentials"]);
  assert.deepEqual(places("linux", xdg, null).slice(0, 2), ["/c/cacheauth/sessions.json", "/s/cacheauth/credentials"]);
  assert.deepEqual(places("linux", { XDG_CONFIG_HOME: "c", XDG_STATE_HOME: "" }), places("linux", {}));
});

test("places: as macOS and Windows have it", () => {
  assert.deepEqual(places("darwin", {}, "/Users/me").slice(0, 2), [
    "/Users/me/Library/Application Support/cacheauth/sessions.json",
    "/Users/me/Library/Application Support/cacheauth/credentials",
  ]);
  assert.deepEqual(places("darwin", { XDG_STATE_HOME: "/s" }, "/Users/me")[1], "/s/cacheauth/credentials");
  const windows = { APPDATA: "C:\\Users\\me\\AppData\\Roaming", LOCALAPPDATA: "D:\\local\\" };
  assert.deepEqual(places("win32", windows, "C:\\Users\\me").slice(0, 2), [
    "C:\\Users\\me\\AppData\\Roaming\\cacheauth\\sessions.json",
    "D:\\local\\cacheauth\\credentials",
  ]);
  assert.equal(places("win32", {}, "C:\\Users\\me")[1], "C:\\Users\\me\\AppData\\Local\\cacheauth\\credentials");
});

test("places: CACHEAUTH_HOME holds all", () => {
  const all = ["/x/y/sessions.json", "/x/y/credentials", "/x/y/run/socket"];
  assert.deepEqual(places("linux", { CACHEAUTH_HOME: "/x/y/", XDG_STATE_HOME: "/s" }), all);
  assert.deepEqual(places("linux", { CACHEAUTH_HOME: "/x/y" }, null), all);
  assert.equal(places("linux", { CACHEAUTH_HOME: "~/y" })[1], "/home/me/y/credentials");
});

test("places: nowhere to keep them, or a folder that would move, is an error", () => {
  assert.throws(() => places("linux", {}, null), /No home directory is known/);
  assert.throws(() => places("linux", { CACHEAUTH_HOME: "y" }), /no absolute path/);
  assert.throws(() => places("win32", { CACHEAUTH_HOME: "/y" }), /no absolute path/);
});
