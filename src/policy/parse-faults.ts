import { closest, distance } from "fastest-levenshtein";
import { shown } from "../errors.ts";

/** What keeps a document from being a policy. */
export interface Fault {
  /** `statement 2 (AllowConnect)`, `line 3, column 7`; null for the whole. */
  readonly place: string | null;
  /** What is there, to stand in a sentence. */
  readonly what: string;
  readonly fix: string;
}

/** Notes a fault of the place that is read. */
export type Faults = (what: string, fix: string) => void;

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** IAM compares the names of elements with regard to case, and refuses others. */
export function refuseUnknown(value: object, names: readonly string[], add: Faults): void {
  for (const name of Object.keys(value)) {
    if (names.includes(name)) continue;
    const near = nearest(name, names);
    add(
      `there is no element ${shown(name)}`,
      near === null ? `Take it out; there are ${names.join(", ")}.` : `Write ${near}, letter by letter.`,
    );
  }
}

/** The one of the names that was meant; null where none is near. */
export function nearest(given: string, names: readonly string[]): string | null {
  const short = given.slice(0, 60);
  const near = closest(
    short.toLowerCase(),
    names.map((name) => name.toLowerCase()),
  );
  const name = names.find((one) => one.toLowerCase() === near);
  return name !== undefined && distance(short.toLowerCase(), near) <= Math.max(1, Math.floor(short.length / 4))
    ? name
    : null;
}
