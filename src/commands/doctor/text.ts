import type { DoctorVerdict } from "../../doctor/verdict.ts";
import type { Finding } from "../../findings/finding.ts";
import type { NodeResult } from "../../probe/nodes.ts";
import type { Latencies } from "../../probe/repeat.ts";
import { type Kind, kinds, type Target } from "../../target/kinds.ts";
import type { Paper } from "../../terminal/report.ts";
import { wrap } from "../../terminal/wrap.ts";
import type { Step } from "../../walk/step.ts";
import { nodesText, repeatText } from "../beyond-text.ts";
import { possibleText } from "../causes-text.ts";
import { findingText } from "../judgement-text.ts";
import { waterfall } from "../waterfall.ts";
import { learnt } from "./learnt.ts";

export interface DoctorAnswer {
  readonly ok: boolean;
  readonly target: Target | null;
  readonly user: string;
  readonly endpoint: { readonly host: string; readonly port: number } | null;
  readonly verdict: DoctorVerdict;
  readonly checks: readonly Step[];
}

/** What --all-nodes and --repeat ask for. */
interface Beyond {
  readonly nodes: readonly NodeResult[] | null;
  readonly repeat: Latencies | null;
}

/** The checks as a waterfall, what each learnt or why it could not look, then the verdict: the cause, and what mends it. */
export function doctorText(answer: DoctorAnswer, paper: Paper): string {
  const { checks, verdict, ok } = answer;
  const { colour, width } = paper;
  const paint = ok ? (verdict.causes.length > 0 ? colour.yellow : colour.green) : colour.red;
  const login = checks.find(({ name }) => name === "login")?.detail as Beyond | null | undefined;
  const told = new Set<string>();
  const rows = checks.flatMap((check) => rowOf(check, answer.target?.kind ?? null, told, paper));
  const parts = [
    wrap(headLine(answer), width),
    waterfall(checks, paper).join("\n"),
    ...(rows.length > 0 ? [rows.join("\n")] : []),
    ...(login?.nodes ? [nodesText(login.nodes, paper)] : []),
    ...(login?.repeat ? [repeatText(login.repeat, paper)] : []),
    paint(wrap(verdict.summary, width)),
    ...causesText(verdict, paper),
  ];
  return `${parts.join("\n\n")}\n`;
}

export function headLine({ target, endpoint, user }: Pick<DoctorAnswer, "target" | "endpoint" | "user">): string {
  const what = target
    ? `the ${kinds[target.kind].label} ${target.name} in ${target.region}`
    : "a cache that is not known";
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}${endpoint ? `, at ${endpoint.host}:${endpoint.port}` : ""}, as the user ${user}`;
}

/** What only may be is many: a few lines each, with the command that tells. */
function causesText(verdict: DoctorVerdict, paper: Paper): readonly string[] {
  const { causes, summary } = verdict;
  const isGuess = ({ severity, likelihood }: Finding) => severity === "error" && likelihood === "possible";
  const guesses = causes.length > 2 ? causes.filter(isGuess) : [];
  return [
    ...causes
      .filter((finding) => !guesses.includes(finding))
      .map((finding) => findingText(finding, paper, untold(finding, verdict))),
    ...(guesses.length > 0 ? [possibleText(guesses, summary, paper)] : []),
  ];
}

/** The summary has told it; undefined takes the whole. */
function untold({ message }: Finding, { summary }: DoctorVerdict): string | undefined {
  return summary.includes(message) ? "" : undefined;
}

/** What it learnt, then why it could not look and what would let it: each once, for often they are the same for all. */
function rowOf(check: Step, kind: Kind | null, told: Set<string>, { width, colour }: Paper): string[] {
  const value = learnt(check, kind);
  const reasons = check.findings.filter(({ rule }) => rule === "could-not-look");
  const words = reasons.flatMap(({ message, fix }) => {
    const once = withoutTold(message, told);
    return told.has(fix) ? [once] : [once, told.add(fix) && fix];
  });
  const all = [...(value === null ? [] : [value]), ...(words.length > 0 ? [words.join(" ")] : [])];
  const isNarrow = width < 50;
  return all.map((text, index) => {
    const label = index === 0 ? check.name : "";
    const shown = isNarrow
      ? `  ${wrap(label === "" ? text : `${label}: ${text}`, width - 4, 4)}`
      : `  ${label.padEnd(12)}  ${wrap(text, width - 16, 16)}`;
    return index === 0 && value !== null ? shown : colour.dim(shown);
  });
}

/** "AWS could not be reached for …: its name was not found" need not give its reason again. */
function withoutTold(message: string, told: Set<string>): string {
  const [, what, why] = /^(AWS could not be reached for [^ ]+).*?: (.*)$/.exec(message) ?? [];
  if (what === undefined || why === undefined) return message;
  if (told.has(why)) return `${what}, as above.`;
  told.add(why);
  return message;
}
