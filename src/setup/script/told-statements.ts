/** Statements of a policy as AWS is asked for them, and as it tells them: whole, and whatever order their elements have. */
const elements = ["Effect", "Principal", "Action", "Resource", "NotPrincipal", "NotAction", "NotResource", "Condition"];

/** @param document where the policy stands in the answer, in JMESPath */
export function askStatements(document: string): string {
  return `to_string(${document}.Statement[].[${elements.join(", ")}])`;
}

/** What AWS's command line answers to that, for a policy that is as it was written. */
export function toldStatements({ Statement }: { readonly Statement: readonly object[] }): string {
  return JSON.stringify(
    Statement.map((statement) => {
      const values: Readonly<Record<string, unknown>> = { ...statement };
      return elements.map((element) => values[element] ?? null);
    }),
  );
}
