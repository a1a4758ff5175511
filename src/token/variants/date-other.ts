import { readSigV4Time } from "../time.ts";
import { scopeCandidates } from "./scope-changes.ts";
import type { Variant } from "./variant.ts";

const hour = 3600;
const day = 24 * hour;

/** From UTC-12 to UTC+14, the whole hours. */
const zones = Array.from({ length: 27 }, (_, index) => (index - 12) * hour).filter((offset) => offset !== 0);

/** The scope's day is one off (the local day, not the one in UTC), or the string to sign has another time. */
export const dateOther: Variant = {
  id: "date-other",
  inPairs: 4,
  *candidates(request) {
    const { date, scope } = request;
    const scopeDay = readSigV4Time(`${scope.date}T000000Z`);
    const days = [date.slice(0, 8), ...(scopeDay ? [sigV4(scopeDay, -day), sigV4(scopeDay, day)] : [])];
    for (const other of days) if (/^\d{8}/.test(other)) yield* scopeCandidates(request, "date", other.slice(0, 8));

    const time = readSigV4Time(date);
    if (time === null) return;
    // Two calls of the clock with a second's end between them, then a local time that calls itself UTC.
    for (const seconds of [1, -1, ...zones]) {
      const other = sigV4(time, seconds);
      yield {
        request: { ...request, date: other },
        message: `The signature is that of a string to sign with the time ${other}; X-Amz-Date in the token is ${date}.`,
        fix: "Read the clock once, in UTC, and use that one time for X-Amz-Date, the scope and the string to sign.",
      };
    }
  },
};

function sigV4(time: Date, laterBy: number): string {
  return `${new Date(time.getTime() + laterBy * 1000).toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
}
