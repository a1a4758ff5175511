import { isLoopback } from "../../emulate/certificate-names.ts";
import type { Decision } from "../../emulate/decision.ts";
import type { Notice } from "../../errors.ts";
import type { Shell } from "../../session/shell-lines.ts";
import { kinds, type Target } from "../../target/kinds.ts";
import type { Paper } from "../../terminal/report.ts";
import { wrap } from "../../terminal/wrap.ts";
import { findingText } from "../judgement-text.ts";
import { type Address, addressText } from "./address.ts";
import { commandLines, environmentLines } from "./try-lines.ts";

/** What is told when it listens: the first object of --json. */
export interface Listening {
  readonly endpoint: Address;
  readonly nodes: readonly Address[] | null;
  readonly upstream: Address | null;
  readonly fault: string | null;
  readonly user: string;
  readonly target: Target;
  readonly account: { readonly id: string | null; readonly source: "users-file" | "access-key" | "unknown" } | null;
  readonly caFile: string | null;
  readonly credentials: {
    readonly source: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string | null;
    readonly sessionToken: string | null;
  };
  readonly pid: number;
  readonly notices: readonly Notice[];
}

/** Where it listens, and what to type to try it. */
export function listeningText(listening: Listening, { colour, width }: Paper, shell: Shell): string {
  const { endpoint, nodes, upstream, fault, target, user, account, caFile, credentials } = listening;
  const how = caFile === null ? "in CLEAR TEXT" : "with TLS";
  const where = (nodes ?? [endpoint]).map(addressText).join(", ");
  const label = `${kinds[target.kind].label} ${target.name} in ${target.region}`;
  const isOwn = credentials.secretAccessKey !== null;
  const keys = isOwn
    ? "these throwaway keys, which open nothing else:"
    : `the access key ${credentials.accessKeyId}, from ${credentials.source} (its secret is not shown).`;
  return [
    wrap(`${colour.bold("listening")} on ${where} ${how}, as the ${label}`, width),
    ...(upstream ? [wrap(`Everything after a login goes to ${addressText(upstream)}.`, width)] : []),
    ...(fault === null ? [] : [wrap(`On purpose it goes wrong: ${fault}.`, width)]),
    "",
    wrap(`Log in as the user ${user}, with tokens that are signed with ${keys}`, width),
    ...(isOwn ? ["", ...indented(environmentLines(listening, shell))] : []),
    ...(account === null ? [] : ["", wrap(accountText(account), width)]),
    "",
    "Try it from another terminal:",
    "",
    ...indented(commandLines(listening, shell)),
    "",
    wrap("Every login is told below, with the reason where it is refused. Ctrl-C stops it.", width),
    "",
    "",
  ].join("\n");
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

function accountText({ id, source }: NonNullable<Listening["account"]>): string {
  if (source === "users-file") return `The ARNs in policies are those of the account ${id}, as the users file says.`;
  const whose =
    id === null
      ? "any one account, for none is known"
      : `the account ${id}, which was read off the id of the access key`;
  return `The ARNs in policies are those of ${whose}; accountId in the cache of the users file goes before that.`;
}

/** One decision: a line, and under it each finding. */
export function decisionText({ time, connection, user, accepted, fault, findings }: Decision, paper: Paper): string {
  const { colour, width } = paper;
  const verdict = accepted ? colour.green("accepted") : colour.red("refused");
  const whom = user === null ? "" : ` ${user}`;
  const played = fault === null ? "" : ` (--fault ${fault})`;
  const lines = [`${time} connection ${connection}: ${verdict}${whom}${played}`];
  for (const finding of findings) {
    const text = findingText(finding, { colour, width: width - 2 });
    lines.push(...text.split("\n").map((line) => `  ${line}`));
  }
  return `${lines.join("\n")}\n`;
}

/** What only tells of this machine's loopback is nobody's business elsewhere. */
export function reachNotices(host: string, isTls: boolean): Notice[] {
  const notices: Notice[] = [];
  if (!isTls) {
    notices.push({
      code: "plaintext",
      message:
        "It listens in CLEAR TEXT (--plaintext): whoever is in between can read the tokens. A cache with IAM authentication always has TLS.",
    });
  }
  if (!isLoopback(host)) {
    notices.push({
      code: "not-loopback",
      message: `Other machines can reach it on ${host}. It is for tests: its keys, its certificate and its data protect nothing.`,
    });
  }
  return notices;
}
