import { shown } from "../errors.ts";
import type { PolicyDocument, Statement } from "./document.ts";
import { jsonFault } from "./json-fault.ts";
import { itemSpans } from "./json-spans.ts";
import { textFault } from "./not-a-policy.ts";
import { type Fault, type Faults, isObject, refuseUnknown } from "./parse-faults.ts";
import { parseStatement } from "./parse-statement.ts";
import { asideWords } from "./place-words.ts";
import { lineOf, type PolicySource } from "./source.ts";

/** A document, or what keeps IAM from taking it: then at least one fault. */
export type ParsedPolicy =
  | { readonly document: PolicyDocument; readonly faults: readonly never[] }
  | { readonly document: null; readonly faults: readonly Fault[] };

/**
 * Reads the text of an identity policy: what IAM's own grammar demands, no more.
 *
 * @param name what it is called in findings
 */
export function parsePolicy(text: string, name: string | null = null): ParsedPolicy {
  const fault = jsonFault(text);
  if (fault === null) {
    return readPolicy(JSON.parse(text), name, { text, statements: itemSpans(text, ["Statement"]), hasLines: true });
  }
  return refused([textFault(text, fault)]);
}

/** The same for what was read as JSON already; with the text that it is from, findings show their place in it. */
export function readPolicy(
  value: unknown,
  name: string | null = null,
  source: PolicySource | null = null,
): ParsedPolicy {
  const faults: Fault[] = [];
  const whole: Faults = (what, fix) => faults.push({ place: null, what, fix });
  if (!isObject(value)) {
    whole("a policy is an object", 'Begin it with { "Version": "2012-10-17", "Statement": [.');
    return refused(faults);
  }
  refuseUnknown(value, ["Version", "Id", "Statement"], whole);
  const { Version: version = "2008-10-17", Statement: given } = value;
  if (version !== "2012-10-17" && version !== "2008-10-17") {
    whole(`there is no Version ${described(version)}`, 'Write "Version": "2012-10-17".');
  }
  const statements = statementsOf(given, source, whole, faults);
  if (faults.length > 0) return refused(faults);
  return { document: { name, version: version as PolicyDocument["version"], statements, source }, faults: [] };
}

function statementsOf(
  given: unknown,
  source: PolicySource | null,
  whole: Faults,
  faults: Fault[],
): readonly Statement[] {
  const list = Array.isArray(given) ? given : given === undefined ? [] : [given];
  if (list.length === 0) whole("it has no Statement", 'Add "Statement": [ … ], with one statement at least.');
  const sids = new Set<string>();
  return list.flatMap((item, index) => {
    const sid: unknown = isObject(item) ? item["Sid"] : undefined;
    const name = typeof sid === "string" && sid !== "" ? sid : null;
    const place = `statement ${index + 1}${asideWords(name, lineOf(source, index))}`;
    const add: Faults = (what, fix) => faults.push({ place, what, fix });
    const statement = parseStatement(item, add);
    if (statement === null) return [];
    if (statement.sid !== null && sids.has(statement.sid)) {
      add("an earlier statement has the same Sid", "Give it another, or none.");
    }
    if (statement.sid !== null) sids.add(statement.sid);
    return [statement];
  });
}

function refused(faults: readonly Fault[]): ParsedPolicy {
  return { document: null, faults };
}

function described(value: unknown): string {
  return typeof value === "string"
    ? shown(value)
    : `that is ${Array.isArray(value) ? "an array" : `a ${typeof value}`}`;
}
