/** The file that says how the sessions of each profile are made; nothing in it is secret. */
import { CacheauthError, shown } from "../errors.ts";
import { leastDurationSeconds, mostDurationSeconds } from "./duration.ts";
import type { SessionSetting } from "./session.ts";

/** The text of the file. */
export function settingsText(settings: readonly SessionSetting[]): string {
  return `${JSON.stringify({ version: 1, profiles: settings }, null, 2)}\n`;
}

/** Strictly read: it may have been edited by hand, and a misspelt "on" would switch MFA off. */
export function readSettings(text: string, path: string): SessionSetting[] {
  const malformed = (why: string): CacheauthError =>
    new CacheauthError(
      "session-file-malformed",
      `The file of session settings ${shown(path)} is malformed: ${why}.`,
      "Mend it, or remove it and set each profile again: cacheauth session set PROFILE.",
    );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed("it is not JSON");
  }
  const { version, profiles } = fieldsOf(value);
  if (version !== 1) throw malformed('"version" is not 1');
  if (!Array.isArray(profiles)) throw malformed('"profiles" is no list');
  const settings = profiles.map((entry: unknown, index): SessionSetting => {
    const { profile, serial, durationSeconds, on } = fieldsOf(entry);
    const at = `profile ${index + 1} of it has`;
    if (typeof profile !== "string" || profile === "") throw malformed(`${at} no "profile"`);
    if (serial !== null && typeof serial !== "string")
      throw malformed(`${at} a "serial" that is neither text nor null`);
    if (typeof on !== "boolean") throw malformed(`${at} an "on" that is neither true nor false`);
    if (!isDuration(durationSeconds)) throw malformed(`${at} no "durationSeconds" that STS allows`);
    return { profile, serial, durationSeconds, on };
  });
  const twice = settings.find(({ profile }, index) => settings.findIndex((other) => other.profile === profile) < index);
  if (twice) throw malformed(`profile ${shown(twice.profile)} is in it twice`);
  return settings;
}

/** The settings with one profile's put in, or in the place of what it had. */
export function withSetting(settings: readonly SessionSetting[], setting: SessionSetting): SessionSetting[] {
  const others = settings.some(({ profile }) => profile === setting.profile);
  return others
    ? settings.map((other) => (other.profile === setting.profile ? setting : other))
    : [...settings, setting];
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function isDuration(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= leastDurationSeconds && Number(value) <= mostDurationSeconds;
}
