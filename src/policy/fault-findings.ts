import type { Finding } from "../findings/finding.ts";
import { makeFinding } from "../findings/make-finding.ts";
import type { Fault } from "./parse-faults.ts";

/** One for each fault of a document that was read by parsePolicy; `name` is what it is called. */
export function faultFindings(faults: readonly Fault[], name: string | null = null): Finding[] {
  return faults.map(({ place, what, fix }) =>
    makeFinding("policy-document-invalid", {
      message: `IAM would not take ${name ?? "the policy"}: ${place === null ? "" : `in ${place} `}${what}.`,
      fix,
    }),
  );
}
