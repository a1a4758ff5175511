import type { Counts, Finding } from "../../findings/finding.ts";
import type { DocumentsCheck } from "../../policy/check-documents.ts";
import { connectAction } from "../../policy/connect-arns.ts";
import { kinds, type Target } from "../../target/kinds.ts";
import type { Paper } from "../../terminal/report.ts";
import { wrap } from "../../terminal/wrap.ts";
import { findingText } from "../judgement-text.ts";
import { decidingFlags } from "./deciding-flags.ts";

/** What `policy --check` found. */
export interface CheckedPolicy extends Pick<DocumentsCheck, "connect" | "add" | "dependsOn" | "notJudged"> {
  readonly ok: boolean;
  readonly target: Target;
  readonly user: string;
  readonly counts: Counts;
  readonly findings: readonly Finding[];
}

/** The verdict, each finding with its place in the policy, and the statement that is missing. */
export function checkedText(checked: CheckedPolicy, paper: Paper): string {
  const { add, findings } = checked;
  return `${[
    headText(checked, paper),
    ...findings.map((finding) => findingText(finding, paper)),
    // To be copied: never broken, never indented.
    ...(add === null ? [] : [`${addWords(findings)}:\n\n${JSON.stringify(add, null, 2)}`]),
    footText(checked, paper),
  ].join("\n\n")}\n`;
}

function headText({ connect, notJudged, target, user }: CheckedPolicy, { colour, width }: Paper): string {
  const { label } = kinds[target.kind];
  const what = `${connectAction(target.kind)} as the user ${user} to the ${label} ${target.name} in ${target.region}`;
  if (notJudged.length > 0) {
    const are = notJudged.length === 1 ? "is no policy" : "are no policies";
    const why = `${notJudged.join(", ")} ${are} that IAM would take`;
    return wrap(`not judged: ${what}, for ${why}`, width).replace("not judged", colour.red("not judged"));
  }
  const paint = { allowed: colour.green, denied: colour.red, depends: colour.yellow }[connect];
  return wrap(`${connect}: ${what}`, width).replace(connect, paint(connect));
}

/** Where a finding says what to mend in a statement that is there, one more is another way. */
function addWords(findings: readonly Finding[]): string {
  const isMended = findings.some(
    ({ rule, place }) =>
      rule === "policy-cache-denied" || rule === "policy-user-denied" || (rule === "policy-action" && place),
  );
  return isMended ? "Or leave that as it is, and add this statement" : "The statement that is missing";
}

function footText(checked: CheckedPolicy, { colour, width }: Paper): string {
  const { ok, counts } = checked;
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? "" : "s"}`;
  const infos = counts.info === 0 ? "" : `, ${counts.info} for information`;
  const strict = !ok && counts.error === 0 ? " (--strict: warnings count)" : "";
  const total = `${count(counts.error, "error")}, ${count(counts.warning, "warning")}${infos}${strict}`;
  const paint = counts.error > 0 ? colour.red : counts.warning > 0 ? colour.yellow : colour.green;
  return [...nextWords(checked, width), paint(wrap(total, width))].join("\n");
}

function nextWords({ connect, notJudged, dependsOn, target }: CheckedPolicy, width: number): string[] {
  if (connect === "denied" || notJudged.length > 0) return [];
  if (connect === "allowed") {
    const unseen = "permissions boundaries and the policies of an organization or a session may still deny it";
    return [wrap(`Judged by these policies alone: ${unseen}.`, width)];
  }
  const flags = decidingFlags(target.kind, dependsOn);
  if (flags.length === 0) {
    return [wrap("Nothing that you know of the login decides it: it hangs on what AWS does not document.", width)];
  }
  // To be copied: never broken.
  return [wrap("Say what the login has, and it is decided:", width), `  ${flags.join(" ")}`];
}
