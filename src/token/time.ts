import { CacheauthError, shown } from "../errors.ts";

const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
const sigV4 = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/**
 * Reads a point in time, RFC 3339 or the form that SigV4 writes.
 *
 * @example
 * ```ts
 * parseTime("20250101T000000Z").getTime() === parseTime("2025-01-01T01:00:00+01:00").getTime(); // true
 * ```
 */
export function parseTime(text: string): Date {
  const compact = sigV4.exec(text);
  const iso = compact
    ? `${compact[1]}-${compact[2]}-${compact[3]}T${compact[4]}:${compact[5]}:${compact[6]}Z`
    : rfc3339.test(text)
      ? text.toUpperCase().replace(" ", "T")
      : "";
  const time = new Date(iso);
  // Date rolls 30 February over into March and 24:00 into the next day: what comes out must be what went in.
  const local = /([+-])(\d\d):(\d\d)$/.exec(iso);
  const offsetMs = local ? (local[1] === "-" ? -1 : 1) * (Number(local[2]) * 60 + Number(local[3])) * 60_000 : 0;
  const same =
    !Number.isNaN(time.getTime()) &&
    new Date(time.getTime() + offsetMs).toISOString().slice(0, 19) === iso.slice(0, 19);
  if (same && isWritable(time)) return time;
  throw new CacheauthError(
    "time-invalid",
    `${shown(text)} is not a time.`,
    "Write it as 2025-01-31T12:00:00Z, or as SigV4 does: 20250131T120000Z.",
  );
}

/** The form of X-Amz-Date alone, `20250131T120000Z`; null where it is not, or no day of the calendar. */
export function readSigV4Time(text: string): Date | null {
  const match = sigV4.exec(text);
  if (!match) return null;
  const iso = `${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}`;
  const time = new Date(`${iso}Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(iso) ? time : null;
}

/** RFC 3339 in UTC, to the second: the form of every time in JSON. */
export function formatTime(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, "Z");
}

/** Whether it is a Date, of another realm too (a test runner's, say). */
export function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === "[object Date]";
}

/** Whether it has a year of four digits in UTC, as RFC 3339 and SigV4 write it. */
export function isWritable(time: Date): boolean {
  return time >= firstWritable && time <= lastWritable;
}

const firstWritable = new Date("0000-01-01T00:00:00Z");
const lastWritable = new Date("9999-12-31T23:59:59.999Z");
