import { shown } from "../../errors.ts";
import { parseEndpoint } from "../../target/endpoint.ts";
import { lowerCase } from "../../target/names.ts";
import type { SignedRequest } from "../signed-request.ts";
import type { Known, Variant } from "./variant.ts";

export const hostIsEndpoint: Variant = {
  id: "host-is-endpoint",
  inPairs: 3,
  *candidates(request, known) {
    for (const host of endpointHosts(known)) {
      yield {
        request: { ...request, host },
        message: `The signature is that of a request to the endpoint ${shown(host)}; AWS computes it with ${shown(request.host)}, with which the token begins.`,
        fix: "Sign with the cache's name as the host, not with its endpoint.",
      };
    }
    for (const host of namesIn(request, known)) {
      yield {
        request: { ...request, host },
        message: `The signature is that of a request to the host ${shown(host)}; the token begins with ${shown(request.host)}.`,
        fix: "Begin the token with the host that was signed: the cache's name. The endpoint is only for the connection.",
      };
    }
  },
};

function endpointHosts({ endpoint }: Known): string[] {
  if (endpoint === null) return [];
  const { host, port } = endpoint;
  const withPort = `${host}:${port ?? 6379}`;
  return [host, withPort, lowerCase(host), lowerCase(withPort)];
}

/** The names that a host with dots may stand for. */
function namesIn({ host: shownHost }: SignedRequest, { name }: Known): string[] {
  if (!shownHost.includes(".")) return [];
  const [host = ""] = shownHost.split(":");
  const labels = host.split(".").slice(0, 2);
  return [nameOf(host), name ?? "", ...labels].filter((candidate) => candidate !== "");
}

function nameOf(host: string): string {
  try {
    return parseEndpoint(host).name;
  } catch {
    return "";
  }
}
