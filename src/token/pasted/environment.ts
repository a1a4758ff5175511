import type { Unwrapped } from "./layer.ts";
import { hasTokenMarks } from "./marks.ts";

/**
 * A token behind a name: `REDISCLI_AUTH=…`, `export NAME="…"`, `$env:NAME = '…'`, `password: …`, `--password=…`, in
 * one of the lines of a file. The name may be any, but the value must begin as a token or URL does: a parameter
 * `User=…` at the start of a wrapped line is none.
 */
export function unwrapEnvironment(text: string): Unwrapped | null {
  // The value of one has a ? in it, written so or escaped.
  if (!text.includes("?") && !/%3F/i.test(text)) return null;
  for (const line of text.split(/\r?\n/)) {
    const match = line.includes("?") || /%3F/i.test(line) ? assignment.exec(line) : null;
    if (!match || /amz-/i.test(match[1] ?? "")) {
      // A token that is wrapped: its later lines may look like assignments, and are none.
      if (hasTokenMarks(line)) return null;
      continue;
    }
    const [, name = "", double, single, bare = ""] = match;
    const inQuotes = (double ?? single) !== undefined && !/^\s*(?:export|set|declare|\$env:)/.test(line);
    const quotes = inQuotes ? ", where it stands in quotes, which docker --env-file would keep" : "";
    return {
      text: double ?? single ?? bare,
      layers: [{ rule: "unwrapped", what: `a line that sets ${name.length > 40 ? "a variable" : name}${quotes}` }],
    };
  }
  return null;
}

const tokenStart = String.raw`(?=[^\s"'=&?]*(?:\?|%3F|\\\?)|(?:rediss?|valkeys?)://)`;
const assignment = new RegExp(
  // A colon only before a space: my-cache:6379/? and https:// are no assignments.
  String.raw`^\s*(?:export |set |declare -x |ENV |-e |- |\$env:|--)*([A-Za-z_][\w.-]*)\s?(?:=\s*|:\s+)` +
    String.raw`(?:"${tokenStart}([^"]*)"|'${tokenStart}([^']*)'|(["']?${tokenStart}\S+))[\s;,]*$`,
);
