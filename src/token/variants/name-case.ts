import { shown } from "../../errors.ts";
import { otherCases } from "./letter-case.ts";
import type { Variant } from "./variant.ts";

export const nameCase: Variant = {
  id: "name-case",
  inPairs: 4,
  *candidates(request, known) {
    const [name = "", ...port] = request.host.split(":");
    for (const other of otherCases(name, known.name)) {
      yield {
        request: { ...request, host: [other, ...port].join(":") },
        message: `The signature is that of a request to the host ${shown(other)}; the token begins with ${shown(name)}.`,
        fix: "Sign the name in lower case, as AWS stores it, and begin the token with the same letters.",
      };
    }
  },
};
