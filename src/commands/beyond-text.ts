import type { NodeResult } from "../probe/nodes.ts";
import type { Latencies } from "../probe/repeat.ts";
import type { Paper } from "../terminal/report.ts";
import { table } from "../terminal/table.ts";
import { milliseconds } from "./waterfall.ts";

const headings = ["node", "role", "slots", "status", "connect", "tls", "auth", "ping"];
const numbers = [false, false, false, false, true, true, true, true];

/** A row for each node, and what became of it; where the line is too short for that, two lines. */
export function nodesText(nodes: readonly NodeResult[], { colour, width }: Paper): string {
  const names = nodes.map(({ endpoint }) => hostAndPort(endpoint));
  const common = commonEnd(names);
  const rows = nodes.map((node, index) => [
    names[index]?.slice(0, -common.length || undefined) ?? "",
    node.role ?? "",
    slotsText(node.slots),
    statusText(node),
    ...timesOf(node).map(([, ms]) => (ms === null ? "" : milliseconds(ms).replace(/ ms$/, "").trim())),
  ]);
  const head = `${colour.bold("nodes")}${common === "" ? "" : ` (…${common})`}, times in ms`;
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const fits = widths.reduce((sum, each) => sum + each + 2, 0) <= width;
  return `${head}\n${fits ? table(headings, rows, width, numbers) : nodes.map((node) => lines(node)).join("\n")}`;
}

export function hostAndPort({ host, port }: NodeResult["endpoint"]): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** What all names end in, from a dot on: on AWS all but the first label. */
function commonEnd([first = "", ...others]: readonly string[]): string {
  if (others.length === 0) return "";
  for (let dot = first.indexOf("."); dot > 0; dot = first.indexOf(".", dot + 1)) {
    const end = first.slice(dot);
    // The end of an IP address tells which it is.
    if (/[a-z]/i.test(end) && others.every((name) => name.endsWith(end) && name.length > end.length)) return end;
  }
  return "";
}

function lines(node: NodeResult): string {
  const times = timesOf(node).flatMap(([name, ms]) => (ms === null ? [] : [`${name} ${milliseconds(ms).trim()}`]));
  const told = [node.role, node.slots && `slots ${slotsText(node.slots)}`].filter(Boolean).join(", ");
  return [
    `  ${hostAndPort(node.endpoint)}${told === "" ? "" : `, ${told}`}`,
    `    ${[statusText(node), ...times].join(", ")}`,
  ].join("\n");
}

function statusText({ status, findings: [first] }: NodeResult): string {
  return first?.rule ?? (status === "skipped" ? "listed" : status);
}

function timesOf({ connectMs, tlsMs, authMs, pingMs }: NodeResult): readonly (readonly [string, number | null])[] {
  return [
    ["connect", connectMs],
    ["tls", tlsMs],
    ["auth", authMs],
    ["ping", pingMs],
  ];
}

/** A cluster that was moved about has hundreds of ranges. */
function slotsText(slots: string | null): string {
  const ranges = slots?.split(",") ?? [];
  return ranges.length > 3 ? `${ranges.slice(0, 3).join(",")} and ${ranges.length - 3} more` : ranges.join(",");
}

/** Latencies of further connections, a row a phase. */
export function repeatText({ count, connectMs, tlsMs, authMs, pingMs }: Latencies, { colour, width }: Paper): string {
  const phases = { connect: connectMs, tls: tlsMs, auth: authMs, ping: pingMs };
  const rows = Object.entries(phases).flatMap(([name, times]) =>
    times === null ? [] : [[name, ...[times.p50, times.p90, times.p99].map((ms) => milliseconds(ms).trim())]],
  );
  const body = table(["", "p50", "p90", "p99"], rows, width, [false, true, true, true]);
  return `${colour.bold(`${count} connections more`)}\n${body}`;
}
