import type { Finding } from "../../findings/finding.ts";
import type { LintResult } from "../../lint/lint.ts";
import { createTokenAt } from "../../token/create-token.ts";
import { isInside } from "../../token/pasted/read-pasted.ts";
import { failed, type Outcome, ok, type PlannedStep } from "../../walk/step.ts";
import type { Progress } from "../progress.ts";
import type { Login, ProbePorts, ProbeRequest } from "../request.ts";
import { credentialFinding } from "./credentials.ts";

/**
 * Makes the token, or reads the one that was handed in. What is wrong with that is told with the server's answer: only what
 * is no token at all ends the walk here, for it may be a password.
 */
export function tokenStep(request: ProbeRequest, progress: Progress, ports: ProbePorts): PlannedStep {
  const { login } = request;
  return {
    name: "token",
    needs: ["credentials"],
    run:
      login === null
        ? null
        : () => (login.from === "token" ? read(login, request, progress) : make(login, request, progress, ports)),
  };
}

async function make(
  { target, user }: Extract<Login, { from: "credentials" }>,
  request: ProbeRequest,
  progress: Progress,
  { hash }: ProbePorts,
): Promise<Outcome> {
  const credentials = progress.credentials;
  if (!credentials) throw new TypeError("the step before gave no credentials");
  try {
    const { token } = await createTokenAt({ target, user, credentials, at: request.at, expiresIn: 900 }, hash);
    if (token === null) throw new TypeError("a token was made and not given");
    const bytes = new TextEncoder().encode(token);
    // Signed as of any time, a server judges it by its own.
    progress.token = { text: token, linted: () => judged(bytes, { ...request, at: request.now }) };
    return ok({ from: "credentials" });
  } catch (error) {
    return failed([credentialFinding(error)]);
  }
}

async function read(
  { bytes }: Extract<Login, { from: "token" }>,
  request: ProbeRequest,
  progress: Progress,
): Promise<Outcome> {
  const linted = await judged(bytes, request);
  const errors = linted.findings.filter(({ severity }) => severity === "error");
  if (!linted.isToken || errors.some(({ rule }) => rule === "too-long")) return failed(errors.map(forProbe));
  progress.token = { text: sent(bytes, linted), linted: async () => linted };
  return {
    ...ok(
      { from: "token" },
      linted.findings.filter(({ severity }) => severity !== "info"),
    ),
  };
}

/**
 * Byte for byte, as the program that has it would send it. Out of a URL, an environment line, JSON or a log a program takes it
 * before, and so does this.
 */
function sent(bytes: Uint8Array, { subject: { pasted } }: LintResult): string {
  return isInside(pasted) ? pasted.text : new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

/** The rules are loaded when they are first needed. */
async function judged(bytes: Uint8Array, { expected, at }: ProbeRequest): Promise<LintResult> {
  const { lint } = await import("../../lint/lint.ts");
  return lint({ bytes, expected, at });
}

/** What is no token may be the password of a user that has one. */
function forProbe(finding: Finding): Finding {
  if (finding.rule !== "not-a-token") return finding;
  return { ...finding, fix: `A login here is by IAM token, not by password. ${finding.fix}` };
}
