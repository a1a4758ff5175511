/** The sentence that a verdict begins with. */
import type { Finding } from "../findings/finding.ts";
import type { Step } from "../walk/step.ts";
import type { Examination } from "./examination.ts";
import { soonestEnd } from "./expiry.ts";
import { ofRecords, type Told } from "./told.ts";
import type { Examined } from "./verdict.ts";

export function success({ request, examination, checks, isInterrupted }: Examined, told: readonly Told[]): string {
  const works = `The login works, as ${request.user}`;
  if (isInterrupted) return `${works}; then it was stopped.`;
  const ends = soonestEnd(examination, checks);
  const unseen = unseenWords(checks);
  const rest = `${ends === null ? "" : ` First to end: ${ends}.`}${unseen}`;
  if (told.length === 0)
    return unseen === ""
      ? `All is well: the login works, as ${request.user}.${rest}`
      : `${works}, and nothing is wrong with what was looked at.${rest}`;
  const against = told.find(({ check, finding }) => ofRecords.has(check) && !remarks.has(finding.rule));
  if (against) {
    return `${works}, although AWS's records speak against it: ${against.finding.message} They may be of another account than the cache that answers.${rest}`;
  }
  const [one, count] = [told.length === 1, told.length];
  return `${works}. ${one ? "One thing" : `${count} things`} besides ${one ? "is" : "are"} worth mending.${rest}`;
}

/** What refuses no login in the first place. */
const remarks = new Set<Finding["rule"]>(["acl-blocks-start", "default-user-open"]);

/** No login was tried, and nothing is wrong that was looked at. */
export function untried({ checks }: Examined): string {
  const unseen = unseenWords(checks);
  const looked = checks.filter(({ status }) => status === "ok" || status === "warn").map(({ name }) => name);
  return looked.length === 0
    ? `Nothing could be looked at.${unseen}`
    : `Nothing is wrong with what was looked at (${looked.join(", ")}), without a login.${unseen}`;
}

/** What nobody could look at, and why: of several reasons the first, from which the others mostly follow. */
function unseenWords(checks: readonly Step[]): string {
  const unseen = checks.filter(({ status }) => status === "unknown");
  const reasons = unseen.flatMap(({ findings }) => findings.filter(({ rule }) => rule === "could-not-look"));
  const why = reasons[0] ? ` ${reasons[0].message}` : "";
  return unseen.length === 0 ? "" : ` Could not look at: ${unseen.map(({ name }) => name).join(", ")}.${why}`;
}

export function failure(
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
  if (first === symptom) return `${ends}: ${first.message}${unseenWords(checks)}`;
  const how = ends ?? "It cannot work";
  const because = { certain: "because", likely: "most likely because", possible: "possibly because" }[first.likelihood];
  const also =
    second?.severity === "error" && second.likelihood !== "possible" && second !== symptom
      ? ` And${second.likelihood === "likely" ? ", most likely" : ""}: ${second.message}`
      : "";
  return `${how}, ${because}: ${first.message}${also}${unseenWords(checks)}`;
}

function endsAt({ rule }: Finding, stages: readonly Step[]): string {
  if (rule === "wrongpass") return "The server refuses the login (WRONGPASS)";
  return `It ends at ${stages.find(({ status }) => status === "failed")?.name ?? "the network"}`;
}
