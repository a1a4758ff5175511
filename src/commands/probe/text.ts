import type { ProbeResult } from "../../probe/probe.ts";
import { kinds, type Target } from "../../target/kinds.ts";
import type { Paper } from "../../terminal/report.ts";
import { wrap } from "../../terminal/wrap.ts";
import { hostAndPort, nodesText, repeatText } from "../beyond-text.ts";
import { causesText } from "../causes-text.ts";
import { learntRows } from "../learnt.ts";
import { waterfall } from "../waterfall.ts";

export type ProbeAnswer = ProbeResult & {
  readonly endpoint: { readonly host: string; readonly port: number };
  readonly target: Target | null;
  readonly user: string | null;
};

/** The way as a waterfall, what was learnt on it, and how it ended: why, and what to do. */
export function probeText(answer: ProbeAnswer, paper: Paper): string {
  const { stages, verdict, nodes, repeat, ok } = answer;
  const { colour, width } = paper;
  const paint = ok ? (verdict.causes.length > 0 ? colour.yellow : colour.green) : colour.red;
  const rows = learntRows(stages);
  const parts = [
    wrap(headLine(answer), width),
    waterfall(stages, paper).join("\n"),
    ...(rows.length === 0 ? [] : [rows.map(([label, value]) => rowText(label, value, paper)).join("\n")]),
    ...(nodes ? [nodesText(nodes, paper)] : []),
    ...(repeat ? [repeatText(repeat, paper)] : []),
    paint(wrap(verdict.summary, width)),
    ...causesText(verdict, paper),
  ];
  return `${parts.join("\n\n")}\n`;
}

function headLine({ endpoint, target, user }: ProbeAnswer): string {
  const what = target ? `, the ${kinds[target.kind].label} ${target.name} in ${target.region}` : "";
  return `${hostAndPort(endpoint)}${what}${user === null ? ", without a login" : `, as the user ${user}`}`;
}

function rowText(label: string, value: string, { width }: Paper): string {
  return width < 50
    ? `  ${wrap(`${label}: ${value}`, width - 4, 4)}`
    : `  ${label.padEnd(12)}  ${wrap(value, width - 16, 16)}`;
}
