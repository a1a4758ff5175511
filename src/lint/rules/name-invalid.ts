import { kinds } from "../../target/kinds.ts";
import { isCacheName } from "../../target/names.ts";
import { nothing, type Rule } from "../rule.ts";
import { shownValue } from "../shown-value.ts";

export const nameInvalid: Rule = {
  id: "name-invalid",
  check({ token, fields, expected }) {
    const { name } = fields;
    if (name === "" || name.includes(".")) return nothing;
    const kind = expected.kind ?? fields.kind;
    const label = kind === null ? "a cache" : `a${kind === "memorydb-cluster" ? "" : "n"} ${kinds[kind].label}`;
    const tooLong = kind !== "serverless-cache" && name.length > 40;
    if (isCacheName(name) && !tooLong && name !== "localhost") return nothing;
    const why =
      name === "localhost"
        ? "names this machine, and hardly a cache"
        : tooLong && isCacheName(name)
          ? `has ${name.length} characters; the name of ${label} has at most 40`
          : `is outside AWS's syntax for ${label}: letters, digits and single hyphens, beginning with a letter`;
    return [
      {
        message: `The name ${shownValue(name)} ${why}.`,
        fix: "Copy the cache's name from its details in the console, and sign that.",
        span: token.host,
      },
    ];
  },
};
