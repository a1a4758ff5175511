/** Why a name has no address. */
import { shown } from "../../errors.ts";
import type { Finding } from "../../findings/finding.ts";
import type { IpAddress } from "../../runtime.ts";
import type { Ended } from "../../walk/step.ts";
import { isAwsHost } from "../aws-host.ts";
import { liveFinding } from "../finding.ts";
import type { ProbeRequest } from "../request.ts";
import { addressList } from "./network.ts";

type Unresolved =
  | Exclude<Ended<unknown>, { end: "done" }>
  /** It has addresses, and none that is wanted: of the other family, or not of this machine. */
  | { readonly end: "none-wanted"; readonly found: readonly IpAddress[] };

export function unresolved({ endpoint: { host }, family }: ProbeRequest, ended: Unresolved): Finding {
  if (ended.end === "none-wanted") {
    const has = `it has ${addressList(ended.found)}`;
    return ended.found.some((address) => family === null || address.family === family)
      ? liveFinding(
          "name-not-found",
          `${shown(host)} is not of this machine alone (${has}), and a token goes nowhere else in clear text.`,
          "Name the address: 127.0.0.1 or [::1]; or leave --no-tls out.",
        )
      : liveFinding("name-not-found", `${shown(host)} has no IPv${family} address; ${has}.`, `Leave -${family} out.`);
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
    `This machine's name server knows no ${shown(host)} (${code ?? "unknown"}).`,
    isAwsHost(host)
      ? "Compare it, letter by letter, with the endpoint that the console or describe-… prints; a cache that was deleted or made anew has another. If it is the same, ask from inside the VPC, or through a tunnel into it: 127.0.0.1:PORT, with this endpoint as --sni."
      : "Check its spelling; a private name can be resolved in its own network alone.",
    code === "ENOTFOUND" ? "certain" : "likely",
  );
}
