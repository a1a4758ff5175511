import type { Finding } from "../findings/finding.ts";
import { makeFinding } from "../findings/make-finding.ts";
import { type ConnectCheck, type Connection, checkConnect } from "./check-connect.ts";
import { faultFindings } from "./fault-findings.ts";
import { type UnwrappedPolicy, unwrapPolicy } from "./unwrap-policy.ts";

/** The text of a policy, and what it is called in findings; null where it needs no name. */
export interface PolicyText {
  readonly name: string | null;
  readonly text: string;
}

export interface DocumentsCheck extends ConnectCheck {
  /** What the policies are called that IAM would not take. Where there are any, `connect` is no judgement of theirs. */
  readonly notJudged: readonly string[];
}

/**
 * Whether policies, read from texts and taken together, allow connecting. One that IAM would not take counts for nothing;
 * then what the others lack is not told, for that one may have it.
 */
export function checkDocuments(texts: readonly PolicyText[], connection: Connection): DocumentsCheck {
  const read = texts.map(({ text, name }) => ({ name, ...unwrapPolicy(text, name) }));
  const documents = read.flatMap(({ parsed }) => (parsed.document === null ? [] : [parsed.document]));
  const check = checkConnect(documents, connection);
  const notJudged = read.flatMap(({ parsed, name }) => (parsed.document === null ? [name ?? "the policy"] : []));
  const faults = read.flatMap(({ parsed, name }) => faultFindings(parsed.faults, name));
  const findings = [...read.flatMap(wrappingFindings), ...(faults.length > 0 ? faults : check.findings)];
  return { ...check, notJudged, add: faults.length > 0 ? null : check.add, findings };
}

function wrappingFindings({ name, layers, inactiveVersion }: UnwrappedPolicy & PolicyName): Finding[] {
  const what = name ?? "What was handed in";
  const findings: Finding[] = [];
  if (layers.length > 0) {
    findings.push(
      makeFinding("policy-unwrapped", {
        message: `${what}: the document was taken out of ${[...layers].reverse().join(", and that out of ")}.`,
        fix: "Nothing needs to be done.",
      }),
    );
  }
  if (inactiveVersion !== null) {
    findings.push(
      makeFinding("policy-version-inactive", {
        likelihood: "certain",
        message: `${what} is the version ${inactiveVersion} of its policy, which is not the default one: IAM goes by another.`,
        fix: "Check the default one; `aws iam get-policy --policy-arn ARN` tells which that is.",
      }),
    );
  }
  return findings;
}

type PolicyName = Pick<PolicyText, "name">;
