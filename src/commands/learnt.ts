import type { Step } from "../walk/step.ts";

type Row = readonly [label: string, value: string];

interface Certificate {
  readonly subject: string;
  readonly names: readonly string[];
  readonly issuer: string;
  readonly validTo: string;
  readonly daysLeft: number;
  readonly nameMatches: boolean;
  readonly authorized: boolean;
  readonly authorizationCode: string | null;
}

/** What the stages learnt, a row each; where a stage failed, as far as it got. */
export function learntRows(stages: readonly Step[]): readonly Row[] {
  const detail = (name: string) => (stages.find((step) => step.name === name)?.detail ?? {}) as Record<string, unknown>;
  const credentials = detail("credentials") as { source?: string; accessKeyId?: string };
  const { addresses } = detail("resolve") as { addresses?: readonly string[] };
  const connect = detail("connect") as { address?: string; failed?: readonly { address: string; code: string }[] };
  const tls = detail("tls") as { protocol?: string; cipher?: string; certificate?: Certificate | null };
  const auth = detail("auth") as { resp?: 2 | 3; whoami?: string | null; whoamiRefused?: string | null };
  const topology = detail("topology") as {
    server?: string | null;
    version?: string | null;
    mode?: string | null;
    role?: string | null;
  };
  const statusOf = (name: string) => stages.find((step) => step.name === name)?.status;
  const loggedIn = statusOf("auth") === "ok";
  return [
    ...row("credentials", credentials.source && `from ${credentials.source}, access key ${credentials.accessKeyId}`),
    ...row("token", tokenText(stages)),
    ...row("addresses", addresses && addressesText(addresses, connect)),
    ...row("TLS", tls.protocol && `${tls.protocol}, ${tls.cipher}`),
    ...row("certificate", tls.certificate && certificateText(tls.certificate)),
    ...row("logged in", loggedIn && loginText(auth)),
    // Where it failed, the finding has its words.
    ...row("PING", statusOf("ping") !== "failed" && pingText(detail("ping")["reply"])),
    ...row("server", serverText(topology)),
  ];
}

function row(label: string, value: string | false | null | undefined): readonly Row[] {
  return value ? [[label, value]] : [];
}

/** What is wrong with a token that was handed in; with a WRONGPASS it is told at length. */
function tokenText(stages: readonly Step[]): string | null {
  const step = stages.find(({ name, status }) => name === "token" && status === "warn");
  const toldBelow = stages.some(({ findings }) => findings[0]?.rule === "wrongpass");
  if (!step || toldBelow) return null;
  return `${step.findings.map(({ rule, severity }) => `${severity} ${rule}`).join(", ")}: cacheauth lint says more`;
}

function addressesText(
  addresses: readonly string[],
  { address, failed = [] }: { address?: string; failed?: readonly { address: string; code: string }[] },
): string {
  const all = addresses.map((each) => {
    const code = failed.find((attempt) => attempt.address === each)?.code;
    return each === address ? `${each} (answered)` : code ? `${each} (${code})` : each;
  });
  return all.length > 8 ? `${all.slice(0, 8).join(", ")} and ${all.length - 8} more` : all.join(", ");
}

function certificateText(certificate: Certificate): string {
  const { subject, names, issuer, validTo, daysLeft } = certificate;
  const few = names.length > 4 ? `${names.slice(0, 4).join(", ")} and ${names.length - 4} more` : names.join(", ");
  const days = daysLeft < 0 ? "over" : `${daysLeft} day${daysLeft === 1 ? "" : "s"} left`;
  return [
    subject === "" ? "no subject" : subject,
    names.length > 0 ? `for ${few}` : "for no host",
    `by ${issuer === "" ? "nobody named" : issuer}`,
    `to ${validTo} (${days})`,
    trustText(certificate),
  ].join("; ");
}

/** Only the name is wrong where that is the code: the runtimes look at all else before. */
function trustText({ nameMatches, authorized, authorizationCode }: Certificate): string {
  if (!nameMatches && authorizationCode === "ERR_TLS_CERT_ALTNAME_INVALID")
    return "authority trusted, name does NOT match";
  return `${nameMatches ? "the name matches" : "the name does NOT match"}; ${authorized ? "verified" : "NOT verified"}`;
}

function loginText({
  resp,
  whoami,
  whoamiRefused,
}: {
  resp?: 2 | 3;
  whoami?: string | null;
  whoamiRefused?: string | null;
}): string {
  const how = resp === 3 ? "HELLO 3" : "AUTH, RESP2";
  return whoami
    ? `as ${whoami}, says ACL WHOAMI (${how})`
    : `by ${how}; as whom is not told: ${whoamiRefused ?? "no answer"}`;
}

/** The usual answer needs no line. */
function pingText(reply: unknown): string | null {
  return typeof reply === "string" && reply !== "PONG" ? reply : null;
}

function serverText({
  server,
  version,
  mode,
  role,
}: {
  server?: string | null;
  version?: string | null;
  mode?: string | null;
  role?: string | null;
}): string | null {
  const what = [server, version].filter(Boolean).join(" ");
  return [what, mode && `mode ${mode}`, role].filter(Boolean).join(", ") || null;
}
