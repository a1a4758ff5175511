import type { Counts, Finding } from "../../findings/finding.ts";
import type { ConnectCheck } from "../../policy/check-connect.ts";
import { connectAction } from "../../policy/connect-arns.ts";
import { kinds, type Target } from "../../target/kinds.ts";
import type { Paper } from "../../terminal/report.ts";
import { wrap } from "../../terminal/wrap.ts";
import { findingText } from "../judgement-text.ts";

/** What `policy --check` found. */
export interface CheckedPolicy extends Pick<ConnectCheck, "connect" | "add"> {
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
    ...(add === null ? [] : [`The statement that is missing:\n\n${JSON.stringify(add, null, 2)}`]),
    footText(checked, paper),
  ].join("\n\n")}\n`;
}

function headText({ connect, target, user }: CheckedPolicy, { colour, width }: Paper): string {
  const paint = { allowed: colour.green, denied: colour.red, depends: colour.yellow }[connect];
  const { label } = kinds[target.kind];
  const what = `${connectAction(target.kind)} as the user ${user} to the ${label} ${target.name} in ${target.region}`;
  return wrap(`${connect}: ${what}`, width).replace(connect, paint(connect));
}

function footText({ ok, connect, counts, findings }: CheckedPolicy, { colour, width }: Paper): string {
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? "" : "s"}`;
  const infos = counts.info === 0 ? "" : `, ${counts.info} for information`;
  const strict = !ok && counts.error === 0 ? " (--strict: warnings count)" : "";
  const total = `${count(counts.error, "error")}, ${count(counts.warning, "warning")}${infos}${strict}`;
  const paint = counts.error > 0 ? colour.red : counts.warning > 0 ? colour.yellow : colour.green;
  const isOpen = findings.some(({ rule }) => rule === "policy-condition-unknown");
  const next = isOpen
    ? "--context KEY=VALUE, --source-ip and --resource-tag say what you know of the login; then it is decided."
    : "Judged by these policies alone: permissions boundaries and the policies of an organization or a session may still deny it.";
  return [...(connect === "denied" ? [] : [wrap(next, width)]), paint(wrap(total, width))].join("\n");
}
