/** What the checks found, as causes: one of each, and no guess about what was looked at. */
import { withoutConsequences } from "../findings/explains.ts";
import type { Finding } from "../findings/finding.ts";
import type { FindingId } from "../findings/ids.ts";
import type { Step } from "../walk/step.ts";

/** What was found, and by which check. */
export interface Told {
  readonly check: string;
  readonly finding: Finding;
}

/** One of each rule, without what follows from another, and without what could not be looked at. */
export function toldBy(checks: readonly Step[]): readonly Told[] {
  const all = checks.flatMap(({ name, findings }) => findings.map((finding) => ({ check: name, finding })));
  const telling = all.filter(({ finding }) => finding.severity !== "info");
  const left = new Set(withoutConsequences(telling.map(({ finding }) => finding)));
  const kept = telling.filter(({ finding }) => left.has(finding));
  const best = (rule: FindingId) => {
    const same = kept.filter(({ finding }) => finding.rule === rule);
    return same.find(({ check }) => ofRecords.has(check)) ?? same[0];
  };
  return kept.filter((one) => one === best(one.finding.rule));
}

/** Who looks at AWS's records can say what to change in them. */
export const ofRecords: ReadonlySet<string> = new Set(["cache", "user", "policy"]);

/** Which check looks at what a refused login may be by: the probe lists it all, for it cannot look. */
const lookedAtBy: Readonly<Partial<Record<FindingId, string>>> = {
  "policy-user-denied": "policy",
  "user-not-iam": "user",
  "user-not-in-group": "user",
  "group-not-attached": "user",
  "credentials-expired": "credentials",
  "engine-too-old": "cache",
  "clock-skew": "clock",
};

/** The checks without the probe's guesses about what was looked at here. */
export function withoutGuesses(checks: readonly Step[]): readonly Step[] {
  return checks.map((check) => ({
    ...check,
    findings: check.findings.filter((finding) => !isGuess(check.name, finding, checks)),
  }));
}

function isGuess(check: string, { rule, likelihood }: Finding, checks: readonly Step[]): boolean {
  const by = lookedAtBy[rule];
  if (check !== "login" || likelihood !== "possible" || by === undefined) return false;
  return checks.find(({ name }) => name === by)?.status !== "unknown";
}

/** Whatever was said of a token, the server took it; but how long it lives is as it is. */
export function standsThough({ check, finding }: Told): boolean {
  return check !== "token" || lifetimes.has(finding.rule);
}

const lifetimes = new Set<FindingId>(["expires-short", "expiring-soon", "credentials-end-early"]);

/** The login works: whatever AWS's records, the clock and the rules say, nothing of it failed. */
export function asItWorks(checks: readonly Step[]): readonly Step[] {
  return checks.map((check) => {
    if (check.status !== "failed") return check;
    const findings = check.findings.map(
      (finding): Finding =>
        finding.severity === "error" ? { ...finding, severity: "warning", likelihood: "possible" } : finding,
    );
    return { ...check, status: "warn", findings };
  });
}

/** Another check knows the cause: what the login could only guess, from its place, is over. */
export function asExplained(checks: readonly Step[], { check: by, finding: { rule } }: Told): readonly Step[] {
  const explained = (finding: Finding): Finding =>
    finding.rule === "wrongpass"
      ? {
          ...finding,
          message: `${refusalIn(finding)} The check named ${by} tells why: ${rule}.`,
          fix: "Mend what that check found, and try again.",
        }
      : finding;
  return checks.map((check) =>
    check.name === "login"
      ? { ...check, findings: check.findings.filter(({ likelihood }) => likelihood !== "possible").map(explained) }
      : check,
  );
}

/** Its first sentence has the server's words; what comes after goes through the causes. */
function refusalIn({ message }: Finding): string {
  return /^[^"]*".*?"\./s.exec(message)?.[0] ?? message;
}
