/** What the checks come to: the cause that explains how it ended, its evidence, and whatever else is off. */
import { withoutConsequences } from "../findings/explains.ts";
import type { Finding, Likelihood } from "../findings/finding.ts";
import type { FindingId } from "../findings/ids.ts";
import type { Step } from "../walk/step.ts";
import type { Examination } from "./examination.ts";
import { soonestEnd } from "./expiry.ts";
import type { DoctorRequest } from "./request.ts";

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

/** What was found, and by which check. */
interface Told {
  readonly check: string;
  readonly finding: Finding;
}

export function verdictOf(examined: Examined): {
  readonly ok: boolean;
  readonly verdict: DoctorVerdict;
  readonly blamed: string | null;
} {
  const { request, examination, checks, isInterrupted } = examined;
  const status = (name: string) => checks.find((check) => check.name === name)?.status;
  const loggedIn = request.login !== null && ["ok", "warn"].includes(status("login") ?? "");
  const told = toldBy(checks);
  if (loggedIn) {
    const causes = told.filter(standsThough).map(({ finding }) => remark(finding));
    return { ok: !isInterrupted, verdict: { summary: success(examined, causes), causes }, blamed: null };
  }
  const symptom = symptomOf(checks);
  const causes = ranked(told, symptom);
  const [first] = causes;
  // Whoever asks for a login wants to know that it works.
  const ok = !isInterrupted && request.login === null && checks.every((check) => check.status !== "failed");
  const stopped = isInterrupted ? "It was stopped. " : "";
  const summary = ok ? untried(examined) : `${stopped}${failure(causes, symptom, checks, examination)}`;
  return {
    ok,
    verdict: { summary, causes: causes.map(({ finding }) => finding) },
    blamed: ok ? null : (first?.check ?? "network"),
  };
}

/** One of each rule, without what follows from another, and without what could not be looked at. */
function toldBy(checks: readonly Step[]): readonly Told[] {
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
const ofRecords = new Set(["cache", "user", "policy"]);

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

/** Whatever was said of a token, the server took it; but how long it lives is as it is. */
function standsThough({ check, finding }: Told): boolean {
  return check !== "token" || lifetimes.has(finding.rule);
}

const lifetimes = new Set<FindingId>(["expires-short", "expiring-soon", "credentials-end-early"]);

/** The login works: nothing is its cause. */
function remark(finding: Finding): Finding {
  return finding.severity === "error" ? { ...finding, likelihood: "possible" } : finding;
}

function success({ request, examination, checks, isInterrupted }: Examined, causes: readonly Finding[]): string {
  if (isInterrupted) return `The login works, as ${request.user}; then it was stopped.`;
  const ends = soonestEnd(examination, checks);
  const next = ends === null ? "" : ` First to end: ${ends}.`;
  const unseen = unseenWords(checks);
  if (causes.length === 0) return `All is well: the login works, as ${request.user}.${next}${unseen}`;
  const [one, count] = [causes.length === 1, causes.length];
  return `The login works, as ${request.user}. ${one ? "One thing" : `${count} things`} besides ${one ? "is" : "are"} worth mending.${next}${unseen}`;
}

/** No login was tried, and nothing is wrong that was looked at. */
function untried({ checks }: Examined): string {
  const unseen = unseenWords(checks);
  const looked = checks.filter(({ status }) => status === "ok" || status === "warn").map(({ name }) => name);
  return looked.length === 0
    ? `Nothing could be looked at.${unseen}`
    : `Nothing is wrong with what was looked at (${looked.join(", ")}), without a login.${unseen}`;
}

function unseenWords(checks: readonly Step[]): string {
  const unseen = checks.filter(({ status }) => status === "unknown").map(({ name }) => name);
  return unseen.length === 0 ? "" : ` Could not look at: ${unseen.join(", ")}.`;
}

function failure(
  causes: readonly Told[],
  symptom: Finding | null,
  checks: readonly Step[],
  { stages }: Examination,
): string {
  const [first, second] = causes.map(({ finding }) => finding);
  const ends = symptom === null ? null : endsAt(symptom, stages);
  if (first === undefined || (symptom === null && first.severity === "warning")) {
    return `The login could not be tried, and nothing is wrong with what was looked at.${unseenWords(checks)}`;
  }
  if (first === symptom && symptom.rule === "wrongpass") {
    return `${ends}, and nothing that was looked at explains it.${unseenWords(checks)}`;
  }
  if (first === symptom) return `${ends}: ${first.message}`;
  const how = ends ?? "It cannot work";
  const because = { certain: "because", likely: "most likely because", possible: "possibly because" }[first.likelihood];
  const also =
    second?.severity === "error" && second.likelihood !== "possible" && second !== symptom
      ? ` And: ${second.message}`
      : "";
  return `${how}, ${because}: ${first.message}${also}`;
}

function endsAt({ rule }: Finding, stages: readonly Step[]): string {
  if (rule === "wrongpass") return "The server refuses the login (WRONGPASS)";
  return `It ends at ${stages.find(({ status }) => status === "failed")?.name ?? "the network"}`;
}
