import { shown } from "../../errors.ts";
import type { Variant } from "./variant.ts";

export const pathOther: Variant = {
  id: "path-other",
  inPairs: 7,
  *candidates(request, known) {
    const name = known.name ?? request.host.split(":")[0] ?? "";
    for (const path of ["/", "", `/${name}`, `/${name}/`, "//", "/connect", "/index.html"]) {
      yield {
        request: { ...request, path },
        message: `The signature is that of a request with ${path === "" ? "an empty path" : `the path ${shown(path)}`}; AWS computes it with ${shown(request.path)}.`,
        fix: "Sign the path / and print the token as NAME/?PARAMETERS.",
      };
    }
  },
};
