import type { Finding } from "../../findings/finding.ts";
import { kinds } from "../../target/kinds.ts";
import type { Paper } from "../../terminal/report.ts";
import { wrap } from "../../terminal/wrap.ts";
import type { DecodedToken } from "../../token/decode.ts";
import { inWords } from "../../token/duration.ts";
import { findingText } from "../judgement-text.ts";

type Decoded = DecodedToken & { readonly stopped: Finding | null };
type Row = readonly [label: string, value: string | null];

/** What is inside a token: who, where, when, how. `local` writes a time by the clock on the wall. */
export function decodeText(decoded: Decoded, paper: Paper, local: (time: Date) => string): string {
  const { colour } = paper;
  const groups = [
    ["who", who(decoded)],
    ["where", where(decoded)],
    ["when", when(decoded, local)],
    ["how", how(decoded)],
  ] as const;
  const parts = groups.flatMap(([title, rows]) => {
    const known = rows.filter((row): row is readonly [string, string] => row[1] !== null);
    return known.length === 0 ? [] : [`${colour.bold(title)}\n${rowsText(known, paper)}`];
  });
  const { stopped } = decoded;
  // Of what is not a token, nothing could be read at all.
  const nothing = decoded.parameterOrder.length === 0;
  if (stopped) return `${[...(nothing ? [] : parts), findingText(stopped, paper)].join("\n\n")}\n`;
  return `${parts.join("\n\n")}\n`;
}

function who({ user, accessKeyId, accessKeyKind, accountId }: Decoded): Row[] {
  const kind = {
    "long-term": "long-term key",
    temporary: "temporary key, good only with its session token",
    unknown: null,
  };
  return [
    ["user", user],
    ["key id", accessKeyId === null ? null : [accessKeyId, kind[accessKeyKind]].filter(Boolean).join(", ")],
    ["account", accountId === null ? null : `${accountId}, as read off the key id`],
  ];
}

function where({ service, kind, name, region, resourceType, scope }: Decoded): Row[] {
  const product = { elasticache: "ElastiCache", memorydb: "MemoryDB" };
  return [
    ["service", service === null ? (scope?.service ?? null) : product[service]],
    ["for", kind === null ? null : kinds[kind].label],
    ["name", name],
    ["region", region],
    ["type", resourceType],
  ];
}

function when(
  { issuedAt, expiresAt, lifetimeSeconds, secondsLeft, status }: Decoded,
  local: (time: Date) => string,
): Row[] {
  const both = (time: string) => {
    const here = local(new Date(time));
    return here.endsWith("UTC") ? here : `${here} (${time})`;
  };
  const left =
    secondsLeft === null
      ? null
      : status === "not-yet-valid" && lifetimeSeconds !== null
        ? `begins in ${inWords(secondsLeft - lifetimeSeconds)}`
        : secondsLeft > 0
          ? `${inWords(secondsLeft)} left${(lifetimeSeconds ?? 0) > 900 ? ", by what it says; AWS takes at most 900 s" : ""}`
          : `expired ${inWords(-secondsLeft)} ago`;
  return [
    ["issued", issuedAt === null ? null : both(issuedAt)],
    ["expires", expiresAt === null ? null : both(expiresAt)],
    ["lifetime", lifetimeSeconds === null ? null : `${lifetimeSeconds} s`],
    ["now", left],
  ];
}

function how({
  algorithm,
  action,
  scope,
  signedHeaders,
  sessionToken,
  bytes,
  parameterOrder,
  signature,
}: Decoded): Row[] {
  const session = sessionToken.present
    ? sessionToken.value === null
      ? `${sessionToken.bytes} bytes, not shown`
      : sessionToken.value
    : "none";
  return [
    ["action", action],
    ["algorithm", algorithm],
    ["scope", scope && [scope.date, scope.region, scope.service, scope.terminator].join("/")],
    ["headers", signedHeaders.length === 0 ? null : signedHeaders.join(", ")],
    ["session", session],
    ["signature", signature === null ? "none" : signature === "[redacted]" ? "there, not shown" : signature],
    ["size", `${bytes} bytes`],
    ["order", parameterOrder.length === 0 ? null : parameterOrder.map((name) => name.replace("X-Amz-", "")).join(" ")],
  ];
}

function rowsText(rows: readonly (readonly [string, string])[], { width }: Paper): string {
  // Where there is no room beside the label, the value goes under it.
  const narrow = width < 40;
  return rows
    .map(([label, value]) =>
      narrow ? `  ${label}\n    ${wrap(value, width - 4, 4)}` : `  ${label.padEnd(11)}${wrap(value, width - 13, 13)}`,
    )
    .join("\n");
}
