import type { Finding } from "../findings/finding.ts";
import { makeFinding } from "../findings/make-finding.ts";
import type { LintResult } from "../lint/lint.ts";
import { sentInside } from "../lint/sent-inside.ts";
import { equalBytes } from "../token/search.ts";
import { isSwapped } from "./record-findings.ts";
import type { Login } from "./world.ts";

/**
 * What was found in the token, as it is for a login: a person may paste it with something around it, but a server takes
 * what is sent byte for byte, and for a user that is named.
 */
export function loginFindings({ user, token }: Login, { findings, subject, isToken }: LintResult): Finding[] {
  // The token stands where the user belongs, and that is told there.
  if (!isToken && isSwapped({ user })) return [];
  const { text, layers } = subject.pasted;
  const found =
    isToken && !isSentBare(findings, text, token)
      ? [...findings.filter(({ rule }) => rule !== "unwrapped"), sentInside(layers)]
      : [...findings];
  if (user === null && !found.some(({ rule }) => rule === "auth-without-user")) {
    found.push(
      makeFinding("auth-without-user", {
        message:
          "AUTH came with a password alone: that logs in as the user named default, but a token is for the user that it names.",
        fix: "Send both: AUTH USER TOKEN, or the user name in the client's options.",
      }),
    );
  }
  return found;
}

/** An error tells already what was around it. */
function isSentBare(findings: readonly Finding[], text: string, token: Uint8Array): boolean {
  return findings.some(({ severity }) => severity === "error") || equalBytes(new TextEncoder().encode(text), token);
}
