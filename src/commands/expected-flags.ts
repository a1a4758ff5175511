import type { Notice } from "../errors.ts";
import { nothingExpected } from "../lint/expected.ts";
import type { Expected } from "../lint/rule.ts";
import { type Kind, kinds } from "../target/kinds.ts";
import { checkUser } from "../target/names.ts";
import { checkRegion } from "../target/regions.ts";
import { accountIdOf } from "./account-id.ts";
import type { Flags } from "./command.ts";
import { flagNaming } from "./flag-naming.ts";
import { draftOf, from, type TargetFlagValues, targetFlags, targetWords } from "./target-flags.ts";

/** The flags that say what a token should be for: those of the target, and what its key's account should be. */
export const expectedFlags = {
  ...targetFlags,
  endpoint: { takes: "text", value: "HOST[:PORT]", about: "the cache that it is for, by its endpoint" },
  region: { takes: "text", short: "r", value: "REGION", about: "the cache's region; else the endpoint's" },
  "account-id": { takes: "text", value: "ID", about: "the account whose key should have signed it" },
} as const satisfies Flags;

type Values = TargetFlagValues & Readonly<Record<"user-id" | "region" | "account-id", string | undefined>>;

/**
 * What the flags say that the token is for. AWS_REGION and the profile say nothing here: they are what a program signs
 * with, not where the cache is.
 */
export function expectedOf(
  flags: Values,
  env: Readonly<Record<string, string | undefined>>,
): { readonly expected: Expected; readonly notices: readonly Notice[] } {
  const { origin, ...words } = targetWords(flags, undefined, env);
  const anyTarget = Object.values(words).some((word) => word !== undefined);
  const draft = anyTarget ? from(origin, () => draftOf(words)) : null;
  const kind = draft?.kind ?? null;
  const url = draft?.userInUrl === "default" ? null : (draft?.userInUrl ?? null);
  const region = flags.region === undefined ? (draft?.region ?? null) : checkRegion(flags.region, flagNaming);
  return {
    expected: {
      ...nothingExpected,
      service: kind === null ? null : kinds[kind].service,
      kind,
      name: draft?.name ?? null,
      region,
      endpoint: draft?.endpoint ?? null,
      user: userOf(flags["user-id"], env["CACHEAUTH_USER"] || undefined, kind) ?? url,
      userIsFallback: flags["user-id"] === undefined,
      targetIsFallback: origin !== null,
      accountId: accountIdOf(flags["account-id"]),
    },
    notices: draft?.notices ?? [],
  };
}

function userOf(flag: string | undefined, variable: string | undefined, kind: Kind | null): string | null {
  const user = flag ?? variable;
  if (user === undefined) return null;
  return from(flag === undefined ? "CACHEAUTH_USER" : null, () => checkUser(kind ?? "replication-group", user)).value;
}
