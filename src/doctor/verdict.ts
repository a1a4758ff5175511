/** What the checks come to: the cause that explains how it ended, its evidence, and whatever else is off. */
import type { Finding, Likelihood } from "../findings/finding.ts";
import type { Step } from "../walk/step.ts";
import type { Examination } from "./examination.ts";
import type { DoctorRequest } from "./request.ts";
import { failure, success, untried } from "./sentence.ts";
import { asExplained, asItWorks, standsThough, type Told, toldBy } from "./told.ts";

export interface DoctorVerdict {
  readonly summary: string;
  /** What explains it first; what is only worth knowing last. */
  readonly causes: readonly Finding[];
}

export interface Examined {
  readonly request: DoctorRequest;
  readonly examination: Examination;
  readonly checks: readonly Step[];
  readonly isInterrupted: boolean;
}

export function verdictOf(examined: Examined): {
  readonly ok: boolean;
  readonly verdict: DoctorVerdict;
  /** As the verdict has them. */
  readonly checks: readonly Step[];
  readonly blamed: string | null;
} {
  const { request, examination, checks, isInterrupted } = examined;
  const status = (name: string) => checks.find((check) => check.name === name)?.status;
  const loggedIn = request.login !== null && ["ok", "warn"].includes(status("login") ?? "");
  if (loggedIn) {
    const agreeing = asItWorks(checks);
    const told = toldBy(agreeing).filter(standsThough);
    const verdict = { summary: success(examined, told), causes: told.map(({ finding }) => finding) };
    return { ok: !isInterrupted, verdict, checks: agreeing, blamed: null };
  }
  const told = toldBy(checks);
  const symptom = symptomOf(checks);
  const causes = ranked(told, symptom);
  const [first] = causes;
  // Whoever asks for a login wants to know that it works.
  const ok = !isInterrupted && request.login === null && checks.every((check) => check.status !== "failed");
  const stopped = isInterrupted ? "It was stopped. " : "";
  const summary = ok ? untried(examined) : `${stopped}${failure(causes, symptom, checks, examination)}`;
  return {
    ok,
    verdict: { summary, causes: causes.map(({ finding }) => inPlace(finding)) },
    checks: symptom?.rule === "wrongpass" && first && explains(first) ? asExplained(checks, first) : checks,
    blamed: ok ? null : (first?.check ?? "network"),
  };
}

/** Whether the cause of a refusal is known, and by another check than the login. */
function explains({ check, finding: { severity, likelihood } }: Told): boolean {
  return check !== "login" && severity === "error" && likelihood !== "possible";
}

/** The probe says to go through its list; here most of it was looked at. */
function inPlace(finding: Finding): Finding {
  if (finding.rule !== "wrongpass") return finding;
  return {
    ...finding,
    fix: "What is listed next was not looked at, or shows nothing here: each has the command that tells. After that, look at the cache's events.",
  };
}

/** How it ended, where it was tried. */
function symptomOf(checks: readonly Step[]): Finding | null {
  const broken = checks.find(({ name, status }) => (name === "network" || name === "login") && status === "failed");
  return broken?.findings[0] ?? null;
}

const certainty: Readonly<Record<Likelihood, number>> = { certain: 0, likely: 1, possible: 2 };

/** What is wrong with the cache itself, or on the way to it, before what comes after. */
const ofTheWay = new Set(["cache-not-found", "cache-endpoint-differs", "cache-not-available", "tls-off"]);

function ranked(told: readonly Told[], symptom: Finding | null): readonly Told[] {
  const isRefused = symptom?.rule === "wrongpass";
  const causes = told.filter(({ finding }) => !isRefused || finding !== symptom);
  const errors = causes.filter(({ finding }) => finding.severity === "error");
  const isKnown = errors.some(({ finding }) => finding.likelihood !== "possible");
  // What the probe lists as possible is of no use where something is known; what may be by a record is the best that there is.
  const isListed = ({ check, finding }: Told) => check === "login" && finding.likelihood === "possible";
  const isExplained = isKnown || errors.some((one) => !isListed(one));
  const kept = (isExplained ? causes : told).filter((one) => !isKnown || !isListed(one));
  const rank = ({ check, finding }: Told): number => {
    const { severity, likelihood, rule } = finding;
    if (isRefused && finding === symptom) return -1;
    if (symptom !== null && !isRefused && (check === "network" || ofTheWay.has(rule)) && severity === "error") return 0;
    return (severity === "error" ? 1 : 11) + certainty[likelihood];
  };
  return [...kept].sort((a, b) => rank(a) - rank(b));
}
