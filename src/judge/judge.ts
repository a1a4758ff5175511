import type { Finding } from "../findings/finding.ts";
import { lint } from "../lint/lint.ts";
import { verify } from "../lint/verify.ts";
import type { Hash } from "../runtime.ts";
import type { CheckOptions } from "../token/verify.ts";
import { cacheFindings } from "./cache-findings.ts";
import { expectedOf } from "./expected.ts";
import { keyFindings, keyOf } from "./key-findings.ts";
import { loginFindings } from "./login-findings.ts";
import { policyFindings } from "./policy-findings.ts";
import { recordFindings } from "./record-findings.ts";
import { told } from "./told.ts";
import type { Login, World } from "./world.ts";

/** What a login comes to. */
export interface Judgement {
  /** Then there is no error among the findings; warnings refuse nobody. */
  readonly accepted: boolean;
  /** Errors first; one for each mistake. */
  readonly findings: readonly Finding[];
}

/** What is kept from one judgement to the next, and whether the cause of a wrong signature is looked for. */
export type JudgeOptions = CheckOptions;

/**
 * Judges a login as AWS does, and says why: the token by every rule, its signature by the key that it names, then the
 * key, the user, its groups, and the policies of whoever signed.
 *
 * @param options `keys` to derive signing keys once; without `search` a wrong signature costs no more than a right one
 */
export function judge(login: Login, world: World, at: Date, hash: Hash, options: JudgeOptions = {}): Judgement {
  const linted = lint({ bytes: login.token, expected: expectedOf(login, world), at });
  const key = linted.isToken ? keyOf(linted.subject.fields, world.keys) : null;
  const verified = key === null ? null : verify(linted, credentialsOf(key), hash, options);
  const found = [
    ...loginFindings(login, verified ?? linted),
    ...keyFindings(linted, key, world.keys, at),
    ...cacheFindings(world),
    ...recordFindings(login, world),
    ...(key === null ? [] : policyFindings(login, world, key, linted.subject.fields.parameters, at)),
  ];
  const findings = told(found);
  const isSigned = verified?.signature.status === "match";
  return { accepted: isSigned && findings.every(({ severity }) => severity !== "error"), findings };
}

function credentialsOf({ accessKeyId, secretAccessKey, sessionToken }: World["keys"][number]) {
  return { accessKeyId, secretAccessKey, sessionToken: sessionToken ?? undefined };
}
