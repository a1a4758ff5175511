import type { Finding } from "../findings/finding.ts";
import { makeFinding } from "../findings/make-finding.ts";
import { type Connection, checkConnect } from "../policy/check-connect.ts";
import { connectAction } from "../policy/connect-arns.ts";
import type { Key } from "./world.ts";

/** Whether what bounds the policies of whoever signed lets the user connect: a boundary, an organisation's policies. */
export function boundFindings({ boundary, organisation }: Key, connection: Connection): Finding[] {
  const action = connectAction(connection.target.kind);
  const refuses = (documents: Key["boundary"]) =>
    documents != null && checkConnect(documents, connection).connect === "denied";
  const findings: Finding[] = [];
  if (refuses(organisation)) {
    findings.push(
      makeFinding("policy-organisation", {
        message: `The organisation's policies do not allow ${action} on both the cache and the user.`,
        fix: `Ask who looks after the organisation to allow ${action} in its service control policies.`,
      }),
    );
  }
  if (refuses(boundary)) {
    const { arns } = checkConnect(boundary ?? [], connection);
    findings.push(
      makeFinding("policy-boundary", {
        message: `The permissions boundary of whoever signed does not allow ${action} on both the cache and the user.`,
        fix: `Allow "${action}" on "${arns.cache}" and "${arns.user}" in the policy that is the boundary.`,
      }),
    );
  }
  return findings;
}
