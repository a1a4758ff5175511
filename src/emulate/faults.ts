import { CacheauthError, shown } from "../errors.ts";
import { type Naming, optionNaming } from "../naming.ts";

/** One of them, as it is played on a login. */
export type FaultKind = "throttle" | "unavailable" | "slow" | "drop-after-auth" | "garbage";

/** What goes wrong on purpose, so that a program's answer to it can be tried. */
export interface Faults {
  /** The share of logins, 0 to 1, that are refused as throttled. */
  readonly throttledShare: number;
  /** Which of the two errors every login gets; null where the service is there. */
  readonly unavailable: "iam" | "service" | null;
  /** How long each answer to a login takes. */
  readonly delayMs: number;
  /** The connection is closed after a good login is answered. */
  readonly dropAfterAuth: boolean;
  /** A login is answered with bytes that are no reply. */
  readonly garbage: boolean;
}

export const noFaults: Faults = {
  throttledShare: 0,
  unavailable: null,
  delayMs: 0,
  dropAfterAuth: false,
  garbage: false,
};

/**
 * Reads faults as they are written: `throttle:0.2,slow:500ms`.
 *
 * @throws CacheauthError with code `flag-value-invalid`
 * @example
 * ```ts
 * parseFaults("slow:1.5s,drop-after-auth").delayMs; // 1500
 * parseFaults("throttle:0.2").throttledShare; // 0.2
 * ```
 */
export function parseFaults(text: string, naming: Naming = optionNaming): Faults {
  const option = naming.option("fault");
  let faults = noFaults;
  const seen = new Set<string>();
  for (const word of text.split(",")) {
    const [, kind = "", value] = /^([^:]*)(?::(.*))?$/s.exec(word.trim()) ?? [];
    if (seen.has(kind)) {
      throw new CacheauthError("flag-conflict", `${option} names ${shown(kind)} twice.`, "Keep one of them.");
    }
    seen.add(kind);
    faults = { ...faults, ...readFault(kind, value, option) };
  }
  return faults;
}

function readFault(kind: string, value: string | undefined, option: string): Partial<Faults> {
  const invalid = (word: string, hint: string) =>
    new CacheauthError("flag-value-invalid", `${option} ${shown(word)} is no fault that can be had.`, hint);
  switch (kind) {
    case "throttle":
      return { throttledShare: shareOf(value, invalid) };
    case "unavailable":
      if (value === undefined || value === "iam") return { unavailable: "iam" };
      if (value === "service") return { unavailable: "service" };
      throw invalid(
        `unavailable:${value}`,
        "Write unavailable, or unavailable:service for the other of AWS's two errors.",
      );
    case "slow":
      return { delayMs: durationOf(value, invalid) };
    case "drop-after-auth":
    case "garbage":
      if (value !== undefined) throw invalid(`${kind}:${value}`, `${kind} takes no value.`);
      return kind === "garbage" ? { garbage: true } : { dropAfterAuth: true };
    default:
      throw invalid(
        kind,
        "Name throttle:SHARE, unavailable, slow:500ms, drop-after-auth or garbage; several with commas between them.",
      );
  }
}

/** Makes the error for a word that is no fault. */
type Refuse = (word: string, hint: string) => CacheauthError;

function shareOf(value: string | undefined, invalid: Refuse): number {
  const share = value !== undefined && /^(0|1|0?\.\d{1,6}|1\.0+)$/.test(value) ? Number(value) : Number.NaN;
  if (share > 0) return share;
  throw invalid(
    `throttle${value === undefined ? "" : `:${value}`}`,
    "Write the share of logins, such as throttle:0.2; 1 is all.",
  );
}

/** An hour is longer than any client waits. */
const longestDelayMs = 3_600_000;

function durationOf(value: string | undefined, invalid: Refuse): number {
  const [, number = "", unit] = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s)$/.exec(value ?? "") ?? [];
  const ms = Number(number) * (unit === "s" ? 1000 : 1);
  if (unit !== undefined && ms > 0 && ms <= longestDelayMs) return ms;
  throw invalid(
    `slow${value === undefined ? "" : `:${value}`}`,
    "Write a duration of at most an hour, such as slow:500ms or slow:2s.",
  );
}

/**
 * Says of each login whether it is one of the throttled share. Evenly spread and without chance: of 0.2 it is every fifth,
 * so that a test knows which.
 */
export function createThrottle(share: number): () => boolean {
  let logins = 0;
  return () => {
    logins += 1;
    // 0.1 is no binary fraction: what is a whole number but for that counts as one.
    const whole = (count: number) => Math.floor(count * share + 1e-9);
    return whole(logins) > whole(logins - 1);
  };
}
