import { shown } from "../../errors.ts";
import type { Variant } from "./variant.ts";

/** Where caches listen: primaries, serverless readers; and what a URL stands for without a port. */
const usualPorts = [6379, 6380, 443, 80];

export const hostWithPort: Variant = {
  id: "host-with-port",
  inPairs: 3,
  *candidates(request, known) {
    const [name = ""] = request.host.split(":");
    if (request.host !== name) {
      yield {
        request: { ...request, host: name },
        message: `The signature is that of a request to the host ${shown(name)}; the token begins with ${shown(request.host)}.`,
        fix: "Begin the token with the host as it was signed: the name without a port.",
      };
    }
    const port = known.endpoint?.port ?? null;
    for (const number of port === null ? usualPorts : [port, ...usualPorts]) {
      const host = `${name}:${number}`;
      yield {
        request: { ...request, host },
        message: `The signature is that of a request to the host ${shown(host)}; AWS computes it with ${shown(request.host)}, with which the token begins.`,
        fix: "Sign with the cache's name alone as the host, without a port.",
      };
    }
  },
};
