/** Why a server said WRONGPASS: what the token shows, the certain first; where it shows nothing, what only AWS tells. */
import type { Finding, Likelihood } from "../../findings/finding.ts";
import type { LintResult } from "../../lint/lint.ts";
import { verify } from "../../lint/verify.ts";
import type { Hash } from "../../runtime.ts";
import { liveFinding } from "../finding.ts";
import type { FoundCredentials } from "../request.ts";
import { onlyAwsTells } from "./only-aws.ts";

export interface Refused {
  readonly words: string;
  readonly user: string;
  /** Of the token that was sent. */
  readonly linted: LintResult;
  /** What its signature is recomputed with; null where there is nothing. */
  readonly credentials: FoundCredentials | null;
  /** The token was made here, a moment ago. */
  readonly madeHere: boolean;
  /** PING was answered without a login. */
  readonly openToAll: boolean;
}

export function explainWrongpass(refused: Refused, hash: Hash): readonly Finding[] {
  const { linted, credentials, user } = refused;
  const judged = credentials ? verify(linted, credentials, hash) : linted;
  const telling = judged.findings.filter(({ severity }) => severity !== "info");
  const errors = telling.filter(({ severity }) => severity === "error");
  const open = refused.openToAll ? [letsAnyoneIn(user)] : [];
  const head = wrongpass(refused, errors.length > 0, "signature" in judged);
  if (errors.length > 0) return [head, ...ranked(errors), ...open];
  const { fields, expected } = linted.subject;
  const signed = {
    kind: expected.kind ?? kindOf(linted),
    name: fields.name ?? expected.name ?? "NAME",
    region: fields.credential?.region ?? expected.region,
    user,
    accessKeyId: fields.credential?.accessKeyId ?? null,
  };
  return [head, ...open, ...ranked(telling), ...onlyAwsTells(signed)];
}

const certainty: Readonly<Record<Likelihood, number>> = { certain: 0, likely: 1, possible: 2 };

/** The certain first; what is equally so stays in the order of the rules. */
function ranked(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => certainty[a.likelihood] - certainty[b.likelihood]);
}

function wrongpass({ words, madeHere }: Refused, tokenIsWrong: boolean, verified: boolean): Finding {
  const what = tokenIsWrong
    ? "The token shows why."
    : madeHere
      ? "The token was made just now for this endpoint, and nothing is wrong with it: the cause is in the records of AWS, or in the clock."
      : verified
        ? "Nothing is wrong with the token, as far as it and the credentials tell: the cause is in the records of AWS, or in the clock."
        : "Nothing is wrong with the token's text. Its signature was not recomputed for want of credentials: cacheauth verify does that.";
  return liveFinding(
    "wrongpass",
    `The server refused the login: "${words.replace(/\.$/, "")}". It says the same for a wrong token, an unknown user and one that is off. ${what}`,
    tokenIsWrong
      ? "Mend what is listed next, and try again."
      : "Go through what is listed next, from above: each has the command that tells.",
  );
}

function letsAnyoneIn(user: string): Finding {
  return liveFinding(
    "default-user-open",
    `The server answers commands without any login, as the user default: it may not be the cache that was meant, or know no user ${user}.`,
    "See that the endpoint is that of the cache. If it is, its user group has a default user without a password: replace that one.",
    "likely",
  );
}

function kindOf({ subject: { fields } }: LintResult) {
  if (fields.credential?.service === "memorydb") return "memorydb-cluster";
  return fields.parameters.ResourceType ? "serverless-cache" : "replication-group";
}
