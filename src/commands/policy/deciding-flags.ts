import { supportOf } from "../../policy/condition-keys.ts";
import { conditionWords } from "../../policy/condition-words.ts";
import type { Kind } from "../../target/kinds.ts";

/**
 * The flags that say what a login has for condition keys, as `--source-ip ADDRESS`; none for a key that may not be there at
 * all, for its value decides nothing.
 */
export function decidingFlags(kind: Kind, keys: readonly string[]): readonly string[] {
  const flags = keys.filter((key) => supportOf(kind, key) !== "undocumented").map(flagFor);
  return [...new Set(flags)];
}

function flagFor(key: string): string {
  const lower = key.toLowerCase();
  const tag = "aws:resourcetag/";
  if (lower.startsWith(tag)) return `--resource-tag ${key.slice(tag.length)}=VALUE`;
  const word = conditionWords.find((one) => one.key.toLowerCase() === lower);
  if (word && word.flag !== "from" && word.flag !== "until") {
    return `--${word.flag} ${word.operator === "IpAddress" ? "ADDRESS" : "ID"}`;
  }
  return `--context ${key}=${lower === "aws:multifactorauthpresent" ? "false" : "VALUE"}`;
}
