import type { PolicyDocument } from "./document.ts";
import { allStatements } from "./place-words.ts";

/** More accounts than anybody's policies name; each is tried. */
const mostAccounts = 20;

/**
 * The accounts that the ARNs may be of: the one that is known, else those that the policies name; where they name none,
 * a word that only wildcards match.
 */
export function accountCandidates(
  documents: readonly PolicyDocument[],
  accountId: string | null,
): readonly [string, ...string[]] {
  if (accountId !== null) return [accountId];
  const named = allStatements(documents).flatMap(({ statement }) =>
    statement.resources.patterns.flatMap((pattern) => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(pattern)?.[1] ?? []),
  );
  const [first = "ACCOUNT", ...others] = [...new Set(named)].slice(0, mostAccounts);
  return [first, ...others];
}
