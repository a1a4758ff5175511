/** Why an address gives no connection. */
import type { Finding } from "../../findings/finding.ts";
import { liveFinding } from "../finding.ts";
import { isLoopback } from "../loopback.ts";
import type { ProbeRequest } from "../request.ts";

/** One address that gave no connection. */
export interface Attempt {
  readonly address: string;
  /** The runtime's code; null where it was still waited for when the time was over. */
  readonly code: string | null;
}

/** `timedOutAfterMs` where the time was over before all had answered. */
export function unconnected(
  { endpoint: { port } }: Pick<ProbeRequest, "endpoint">,
  attempts: readonly Attempt[],
  timedOutAfterMs: number | null,
): Finding {
  // What answers tells more than what does not.
  for (const [code, explain] of outcomes) {
    const these = attempts.filter((attempt) => (attempt.code ?? "ETIMEDOUT") === code);
    if (these.length === 0) continue;
    const rest = attempts.filter((attempt) => !these.includes(attempt));
    return explain({ who: addressList(these), port, others: othersText(rest), timedOutAfterMs, attempts: these });
  }
  const codes = [...new Set(attempts.map(({ code }) => code))].join(", ");
  return liveFinding(
    "connect-unreachable",
    `This machine cannot send to ${addressList(attempts)} (${codes}).`,
    "Run it where there is a route: inside the VPC, or through its VPN; with -4 or -6 only one family is tried.",
  );
}

interface Outcome {
  /** The addresses with this outcome, as they are listed. */
  readonly who: string;
  readonly port: number;
  /** What became of all others: `; fd00::1: ENETUNREACH`. */
  readonly others: string;
  readonly timedOutAfterMs: number | null;
  readonly attempts: readonly Attempt[];
}

const outcomes: readonly (readonly [code: string, explain: (outcome: Outcome) => Finding])[] = [
  ["ECONNREFUSED", refused],
  ["ECONNRESET", reset],
  ["ETIMEDOUT", timedOut],
];

function refused({ who, port, others, attempts }: Outcome): Finding {
  const one = attempts.length === 1;
  return liveFinding(
    "connect-refused",
    `${who} refuse${one ? "s" : ""} port ${port}: the machine answers, and nothing listens there${others}.`,
    allHere(attempts)
      ? "Start the server or the tunnel that should listen there, and check its port."
      : `Use the port that the console shows: 6379 unless it was chosen otherwise${port === 6379 ? "" : `, not ${port}`}.`,
  );
}

function reset({ who, others, attempts }: Outcome): Finding {
  return liveFinding(
    "closed-early",
    `${who} reset${attempts.length === 1 ? "s" : ""} the connection at once${others}.`,
    "Look at what stands between this machine and the cache: a proxy, a load balancer, a filter.",
    "likely",
  );
}

function timedOut({ who, port, others, timedOutAfterMs, attempts }: Outcome): Finding {
  const time = timedOutAfterMs === null ? "" : ` within ${seconds(timedOutAfterMs)}`;
  if (allHere(attempts)) {
    return liveFinding(
      "connect-timeout",
      `${who} did not answer on port ${port}${time}${others}: what listens there takes no connection.`,
      "Start the server or the tunnel on that port anew; one that hangs looks like this.",
      "likely",
    );
  }
  const inside = attempts.some(({ address }) => isPrivate(address))
    ? " The address is private: from outside its VPC it can be reached only by a VPN, a peering or a tunnel."
    : "";
  return liveFinding(
    "connect-timeout",
    `${who} did not answer on port ${port}${time}${others}: packets are dropped on the way.${inside}`,
    `Let the cache's security group take TCP ${port} from this machine's security group or address, and look at network ACLs and routes. This shows what it takes: \`aws ec2 describe-security-groups --group-ids GROUP\``,
    "likely",
  );
}

function othersText(attempts: readonly Attempt[]): string {
  return attempts
    .slice(0, 4)
    .map(({ address, code }) => `; ${address}: ${code ?? "no answer"}`)
    .join("");
}

export function addressList(found: readonly { readonly address: string }[]): string {
  const addresses = found.map(({ address }) => address);
  return addresses.length <= 4
    ? addresses.join(", ")
    : `${addresses.slice(0, 3).join(", ")} and ${addresses.length - 3} more`;
}

function allHere(attempts: readonly Attempt[]): boolean {
  return attempts.every(({ address }) => isLoopback(address));
}

/** RFC 1918, RFC 6598 and RFC 4193. */
function isPrivate(address: string): boolean {
  return /^10\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^f[cd]/i.test(address);
}

export function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
