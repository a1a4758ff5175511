/** What a check learnt, in a line; null where there is nothing to say. */
import type { Kind } from "../../target/kinds.ts";
import { inWords } from "../../token/duration.ts";
import type { Step } from "../../walk/step.ts";
import { learntRows } from "../learnt.ts";

type Detail = Readonly<Record<string, unknown>>;

export function learnt({ name, detail }: Step, kind: Kind | null): string | null {
  if (detail === null) return null;
  const say = rows[name];
  const text = say ? say(detail, kind) : "";
  return text === "" ? null : text;
}

const rows: Readonly<Record<string, (detail: Detail, kind: Kind | null) => string>> = {
  credentials: ({ source, accessKeyId, arn, account, expiresAt }) =>
    joined([
      `from ${source}`,
      `access key ${accessKeyId}`,
      arn ? `${arn}` : account && `account ${account}`,
      expiresAt && `until ${expiresAt}`,
    ]),
  clock: ({ skewMs }) => clockWords(Number(skewMs)),
  token: ({ from, accessKeyId, expiresAt, signature }) =>
    joined([
      from === "token" ? "handed in" : "made now",
      accessKeyId && `signed with ${accessKeyId}`,
      expiresAt && `until ${expiresAt}`,
      // One that was made here matches whatever the keys are.
      from === "token" && signatureWords[String(signature)],
    ]),
  network: ({ stages }) => stageWords(stages),
  login: ({ stages }) => stageWords(stages),
  cache: ({ status, engine, version, tls, groups }, kind) =>
    joined([
      `${status}`,
      engine && [engine, version].filter(Boolean).join(" "),
      tls && tlsWords[String(tls)],
      groupWords(groups as readonly string[], kind === "memorydb-cluster" ? "ACL" : "group"),
    ]),
  user: ({ authentication, status, access, groups }) =>
    joined([
      authentication && authenticationWords[String(authentication)],
      status && `${status}`,
      access && `"${access}"`,
      ...((groups ?? []) as readonly { id: string; attached: boolean }[]).map(
        ({ id, attached }) => `in ${id}${attached ? ", which is attached" : ""}`,
      ),
    ]),
  policy: ({ principal, cache, user, notEvaluated }) =>
    joined([
      `${principal}`,
      cache === user
        ? `${decisionWords[String(cache)]} on both`
        : `${decisionWords[String(cache)]} on the cache, ${decisionWords[String(user)]} on the user`,
      `by simulation, without ${(notEvaluated as readonly string[]).join(", ")}`,
    ]),
};

const signatureWords: Readonly<Record<string, string>> = {
  match: "the signature matches the credentials",
  mismatch: "the signature does NOT match the credentials",
};
const tlsWords: Readonly<Record<string, string>> = {
  required: "TLS",
  preferred: "TLS, and clear text as well",
  off: "no TLS",
};
const authenticationWords: Readonly<Record<string, string>> = {
  iam: "IAM",
  password: "a password, not IAM",
  "no-password": "no password, not IAM",
};
const decisionWords: Readonly<Record<string, string>> = {
  allowed: "allowed",
  "implicit-deny": "not allowed",
  "explicit-deny": "denied",
};

function joined(parts: readonly unknown[]): string {
  return parts.filter(Boolean).join(", ");
}

function groupWords(groups: readonly string[], what: string): string {
  return groups.length === 0 ? `no ${what}` : `${what}${groups.length === 1 ? "" : "s"} ${groups.join(", ")}`;
}

function clockWords(skewMs: number): string {
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  return seconds < 2 ? "as AWS's, within 2 seconds" : `${inWords(seconds)} ${skewMs > 0 ? "behind" : "ahead of"} AWS's`;
}

/** In the words that probe has for its stages. */
function stageWords(stages: unknown): string {
  const steps = (stages as readonly Step[]).map((stage) => ({ ...stage, startedAtMs: 0, findings: [] }));
  return learntRows(steps)
    .map(([label, value]) => (label === "logged in" || label === "server" ? value : `${label} ${value}`))
    .join("; ");
}
