import { CacheauthError } from "../errors.ts";

/** What STS gives a session of a user's keys (AWS STS API Reference, GetSessionToken, DurationSeconds). */
export const leastDurationSeconds = 900;
export const mostDurationSeconds = 129_600;

/**
 * Reads a duration as people write it: `12h`, `90m`, `1h30m`, or seconds.
 *
 * @example
 * ```ts
 * parseDuration("1h30m"); // 5400
 * ```
 */
export function parseDuration(text: string): number {
  const [match, days, hours, minutes, seconds, plain] =
    /^(?:(?:(\d{1,3})d)?(?:(\d{1,5})h)?(?:(\d{1,5})m(?:in)?)?(?:(\d{1,7})s)?|(\d{1,7}))$/.exec(
      text.replace(/ /g, "").toLowerCase(),
    ) ?? [];
  const total =
    Number(days ?? 0) * 86_400 + Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60 + Number(seconds ?? plain ?? 0);
  if (!match) {
    throw new CacheauthError(
      "flag-value-invalid",
      "--duration is not a duration.",
      "Write it as 12h, 90m, 1h30m, or in seconds.",
    );
  }
  if (total < leastDurationSeconds || total > mostDurationSeconds) {
    throw new CacheauthError(
      "flag-value-invalid",
      `--duration is ${total} seconds, and AWS gives a session 15 minutes to 36 hours.`,
      "Write 15m to 36h; 12h is AWS's own default.",
    );
  }
  return total;
}

/** As `--duration` takes it: `12h`, `1h30m`, `1000s`. */
export function durationWord(seconds: number): string {
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  const left = seconds % 60;
  return `${hours ? `${hours}h` : ""}${minutes ? `${minutes}m` : ""}${left ? `${left}s` : ""}`;
}
