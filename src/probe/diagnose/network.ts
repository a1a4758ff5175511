/** Why a name has no address, or an address no answer. */
import { shown } from "../../errors.ts";
import type { Finding } from "../../findings/finding.ts";
import type { IpAddress } from "../../runtime.ts";
import type { Ended } from "../../walk/step.ts";
import { liveFinding } from "../finding.ts";
import type { Attempt } from "../happy-eyeballs.ts";
import type { ProbeRequest } from "../request.ts";

type Unresolved =
  | Exclude<Ended<unknown>, { end: "done" }>
  | { readonly end: "other-family"; readonly found: readonly IpAddress[] };

const isAwsHost = (host: string) => /\.amazonaws\.com(\.cn)?$/i.test(host);

export function unresolved({ endpoint: { host }, family }: ProbeRequest, ended: Unresolved): Finding {
  if (ended.end === "other-family") {
    return liveFinding(
      "name-not-found",
      `${shown(host)} has no IPv${family} address; it has ${addressList(ended.found.map(({ address }) => address))}.`,
      `Leave -${family} out.`,
    );
  }
  const code = ended.end === "failed" ? (ended.error as { code?: string }).code : undefined;
  if (ended.end !== "failed" || code === "EAI_AGAIN" || code === "ETIMEOUT") {
    return liveFinding(
      "name-not-found",
      `No name server answered for ${shown(host)}${code === undefined ? " in time" : ` (${code})`}: nothing is known of the name.`,
      "Look at this machine's name server (/etc/resolv.conf; in a VPC the address that ends in .2, and enableDnsSupport) and its route to it.",
      "likely",
    );
  }
  return liveFinding(
    "name-not-found",
    `The name ${shown(host)} does not exist for this machine's name server (${code ?? "unknown"}).`,
    isAwsHost(host)
      ? "Compare it, letter by letter, with the endpoint that the console or describe-… prints; a cache that was deleted or made anew has another. If it is the same, ask from inside the VPC."
      : "Check its spelling; a private name can be resolved in its own network alone.",
    code === "ENOTFOUND" ? "certain" : "likely",
  );
}

/** `timedOutAfterMs` where the time was over before all had answered. */
export function unconnected(
  { endpoint: { port } }: ProbeRequest,
  attempts: readonly Attempt[],
  timedOutAfterMs: number | null,
): Finding {
  const codes = new Set(attempts.map(({ code }) => code ?? "ETIMEDOUT"));
  const tried = addressList(attempts.map(({ address }) => address));
  const each =
    codes.size > 1 ? ` (${attempts.map(({ address, code }) => `${address}: ${code ?? "no answer"}`).join(", ")})` : "";
  if (codes.has("ECONNREFUSED")) {
    return liveFinding(
      "connect-refused",
      `${tried} refuse${attempts.length === 1 ? "s" : ""} port ${port}${each}: the machine answers, and nothing listens there.`,
      isLoopback(attempts)
        ? "Start the server or the tunnel that should listen there, and check its port."
        : `Use the port that the console shows: 6379 unless it was chosen otherwise${port === 6379 ? "" : `, not ${port}`}.`,
    );
  }
  if (codes.has("ECONNRESET")) {
    return liveFinding(
      "closed-early",
      `${tried} reset${attempts.length === 1 ? "s" : ""} the connection at once${each}.`,
      "Look at what stands between this machine and the cache: a proxy, a load balancer, a filter.",
      "likely",
    );
  }
  if (codes.has("ETIMEDOUT")) {
    const time = timedOutAfterMs === null ? "" : ` within ${seconds(timedOutAfterMs)}`;
    const inside = attempts.some(({ address }) => isPrivate(address))
      ? " The address is private: from outside its VPC it cannot be reached but by a VPN, a peering or a tunnel."
      : "";
    return liveFinding(
      "connect-timeout",
      `${tried} did not answer on port ${port}${time}${each}: packets are dropped on the way.${inside}`,
      `Let the cache's security group take TCP ${port} from this machine's security group or address, and look at network ACLs and routes: aws ec2 describe-security-groups --group-ids GROUP.`,
      "likely",
    );
  }
  const code = [...codes].join(", ");
  return liveFinding(
    "connect-unreachable",
    `This machine cannot send to ${tried} (${code})${each}.`,
    "Run it where there is a route: inside the VPC, or through its VPN; with -4 or -6 only one family is tried.",
  );
}

function addressList(addresses: readonly string[]): string {
  return addresses.length <= 4
    ? addresses.join(", ")
    : `${addresses.slice(0, 3).join(", ")} and ${addresses.length - 3} more`;
}

function isLoopback(attempts: readonly Attempt[]): boolean {
  return attempts.every(({ address }) => /^127\.|^::1$/.test(address));
}

/** RFC 1918, RFC 6598 and RFC 4193. */
function isPrivate(address: string): boolean {
  return /^10\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^f[cd]/i.test(address);
}

export function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
