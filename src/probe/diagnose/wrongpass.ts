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
  /** It was taken in clear text. */
  readonly inClearText: boolean;
}

export function explainWrongpass(refused: Refused, hash: Hash): readonly Finding[] {
  const { linted, credentials, user } = refused;
  const verified = credentials ? verify(linted, credentials, hash) : null;
  const telling = ranked((verified ?? linted).findings.filter(({ severity }) => severity !== "info"));
  const errors = telling.filter(({ severity }) => severity === "error");
  const other = otherServer(refused, errors.length > 0);
  const certain = errors.some(({ likelihood }) => likelihood === "certain");
  const matches = verified?.signature.status === "match";
  const wrong = certain ? "certain" : errors.length > 0 ? "likely" : "none";
  const isTold = linted.subject.expected.endpoint !== null;
  const head = wrongpass(refused, wrong, { verified: matches, isOther: other !== null, isTold });
  // Where it plainly is not the cache, AWS's records of the cache tell nothing.
  if (certain || other) return [head, ...errors, ...(other ? [other] : [])];
  const { fields, expected } = linted.subject;
  const signed = {
    kind: expected.kind ?? kindOf(linted),
    name: expected.name ?? (fields.name || "NAME"),
    region: expected.region ?? fields.credential?.region ?? null,
    user,
    accessKeyId: fields.credential?.accessKeyId ?? null,
    isTold,
  };
  const unsure = telling.filter(({ severity }) => severity !== "error");
  return [head, ...errors, ...unsure, ...onlyAwsTells(signed)];
}

const certainty: Readonly<Record<Likelihood, number>> = { certain: 0, likely: 1, possible: 2 };

/** The certain first; what is equally so stays in the order of the rules. */
function ranked(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => certainty[a.likelihood] - certainty[b.likelihood]);
}

function wrongpass(
  { words, madeHere }: Refused,
  wrong: "certain" | "likely" | "none",
  { verified, isOther, isTold }: Readonly<Record<"verified" | "isOther" | "isTold", boolean>>,
): Finding {
  const named = isTold ? "" : ", or in which cache was named";
  const next = isOther
    ? "Mend what is listed next, and try again."
    : "Let cacheauth doctor, with the same words, ask AWS for all that is listed next; by hand, each has the command that tells.";
  const [what, fix] =
    wrong === "certain"
      ? ["The token shows why.", "Mend what is listed next, and try again."]
      : wrong === "likely"
        ? [
            "The token shows what is likely wrong with it.",
            "Mend what is listed first, and try again; then go on with the rest.",
          ]
        : madeHere
          ? [
              `The token was made just now for ${isTold ? "this endpoint" : "the cache that was named"}, and nothing is wrong with it: the cause is in ${isOther ? "what answers" : `AWS's records, in the keys that signed, or in the clock${named}`}.`,
              next,
            ]
          : verified
            ? [
                `Nothing is wrong with the token, as far as it and the credentials tell: the cause is in ${isOther ? "what answers" : `AWS's records, or in the clock${named}`}.`,
                next,
              ]
            : [
                "Nothing is wrong with the token's text. Its signature was not recomputed, for want of its signer's credentials: where they are, cacheauth verify does that.",
                next,
              ];
  const same =
    wrong === "none" && !isOther ? " It says the same for a wrong token, an unknown user and one that is off." : "";
  return liveFinding("wrongpass", `The server refused the login: "${words.replace(/\.$/, "")}".${same} ${what}`, fix);
}

/** Why what answers cannot be the cache; in clear text only where the token is not to blame. */
function otherServer({ user, openToAll, inClearText }: Refused, isTokenWrong: boolean): Finding | null {
  if (openToAll) return letsAnyoneIn(user);
  if (!inClearText || isTokenWrong) return null;
  return liveFinding(
    "tls-off",
    "The login was taken in clear text, and a cache with IAM authentication speaks TLS alone: another server refused it.",
    "Leave --no-tls out and probe the cache's endpoint. Behind a tunnel that adds TLS itself (stunnel), probe past the tunnel; the log of cacheauth emulate --plaintext says why it refused.",
    "likely",
  );
}

function letsAnyoneIn(user: string): Finding {
  return liveFinding(
    "default-user-open",
    `The server answers commands without any login, as the user default: it is not the cache that was meant, or knows no user ${user}.`,
    "See that the endpoint is that of the cache. If it is, its user group has a default user without a password: replace that one.",
    "likely",
  );
}

function kindOf({ subject: { fields } }: LintResult) {
  if (fields.credential?.service === "memorydb") return "memorydb-cluster";
  return fields.parameters.ResourceType ? "serverless-cache" : "replication-group";
}
