import type { PolicyDocument } from "../policy/document.ts";
import { readPolicy } from "../policy/parse-policy.ts";
import { malformed } from "./users-file-errors.ts";

/** The policies of a key, each as IAM would take it. */
export function readPolicies(file: string, policies: readonly unknown[], path: string): readonly PolicyDocument[] {
  return policies.map((policy, index) => {
    const { document, faults } = readPolicy(policy);
    if (document !== null) return document;
    const [{ place, what, fix } = { place: null, what: "it is none", fix: "Write a policy." }] = faults;
    throw malformed(
      `In ${file}, ${path}[${index}] is no policy that IAM would take: ${place === null ? "" : `in ${place} `}${what}.`,
      fix,
    );
  });
}
