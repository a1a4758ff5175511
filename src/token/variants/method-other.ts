import type { Variant } from "./variant.ts";

export const methodOther: Variant = {
  id: "method-other",
  inPairs: 5,
  *candidates(request) {
    for (const method of ["POST", "HEAD", "PUT", "OPTIONS", "CONNECT", "get", "post", ""]) {
      yield {
        request: { ...request, method },
        message: `The signature is that of a request with ${method === "" ? "no method" : `the method ${method}`}; AWS computes it with ${request.method}.`,
        fix: "Sign a GET request, in capitals.",
      };
    }
  },
};
