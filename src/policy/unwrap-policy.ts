import { jsonFault } from "./json-fault.ts";
import { itemSpans } from "./json-spans.ts";
import { notAPolicy, textFault } from "./not-a-policy.ts";
import { type Fault, isObject } from "./parse-faults.ts";
import { type ParsedPolicy, readPolicy } from "./parse-policy.ts";

/** A policy, and what it was taken out of. */
export interface UnwrappedPolicy {
  readonly parsed: ParsedPolicy;
  /** From the outside in: `URL encoding`, `the answer of aws iam get-role-policy`. */
  readonly layers: readonly string[];
  /** The version of a managed policy that it is, where that is not the one that counts. */
  readonly inactiveVersion: string | null;
}

/** Something that documents stand in: the names that lead to the document, one that is beside it, and what it is. */
interface Wrapping {
  readonly path: readonly string[];
  readonly beside?: string;
  readonly what: string;
}

/** The first that fits counts. */
const wrappings: readonly Wrapping[] = [
  { path: ["PolicyVersion", "Document"], what: "the answer of aws iam get-policy-version" },
  { path: ["PolicyDocument"], beside: "RoleName", what: "the answer of aws iam get-role-policy" },
  { path: ["PolicyDocument"], beside: "UserName", what: "the answer of aws iam get-user-policy" },
  { path: ["PolicyDocument"], beside: "GroupName", what: "the answer of aws iam get-group-policy" },
  { path: ["PolicyDocument"], what: "a PolicyDocument" },
  { path: ["Properties", "PolicyDocument"], what: "a CloudFormation resource" },
  { path: ["Document"], what: "the description of a version" },
  { path: ["policy"], what: "the answer of cacheauth policy --json" },
];

/** More than anybody wraps. */
const mostLayers = 6;

/**
 * Reads a policy as people have it: the document itself, or what the AWS CLI prints around it, and either of them as a JSON
 * string or URL-encoded, as IAM's own answers are.
 *
 * @param name what it is called in findings
 */
export function unwrapPolicy(given: string, name: string | null = null): UnwrappedPolicy {
  const layers: string[] = [];
  let inactiveVersion: string | null = null;
  const refused = (fault: Fault): UnwrappedPolicy => ({
    parsed: { document: null, faults: [fault] },
    layers,
    inactiveVersion,
  });
  let text = given;
  // Where in the text the value is that is looked at.
  let path: readonly string[] = [];
  let value: unknown = given;
  while (layers.length <= mostLayers) {
    if (typeof value === "string") {
      const read = readText(value, layers);
      if ("what" in read) return refused(read);
      ({ text, value } = read);
      path = [];
      continue;
    }
    const found = wrappings.find((one) => fits(value, one));
    if (!found) break;
    if (at(value, ["PolicyVersion", "IsDefaultVersion"]) === false || at(value, ["IsDefaultVersion"]) === false) {
      inactiveVersion = String(at(value, ["PolicyVersion", "VersionId"]) ?? at(value, ["VersionId"]) ?? "of it");
    }
    layers.push(found.what);
    path = [...path, ...found.path];
    value = at(value, found.path);
  }
  const fault = notAPolicy(value) ?? sizeFault(value);
  if (fault) return refused(fault);
  const statements = itemSpans(text, [...path, "Statement"]);
  const parsed = readPolicy(value, name, { text, statements, hasLines: text === given });
  return { parsed, layers, inactiveVersion };
}

/** A text's value; what keeps it from having one. URL-encoded text is decoded first. */
function readText(text: string, layers: string[]): { readonly text: string; readonly value: unknown } | Fault {
  // The first of all is the file itself, a string within it was wrapped.
  const decoded = /^\s*(%7B|%22|%5B|%0A|%20)/i.test(text) ? decodeUrl(text.trim()) : null;
  if (decoded !== null) layers.push("URL encoding");
  const plain = decoded ?? text;
  const fault = jsonFault(plain);
  if (fault) return textFault(plain, fault);
  const value: unknown = JSON.parse(plain);
  if (typeof value === "string") layers.push("a JSON string");
  return { text: plain, value };
}

/** IAM counts without the white space between. */
function sizeFault(value: unknown): Fault | null {
  const characters = JSON.stringify(value).length;
  if (characters <= 10_240) return null;
  const what = `it has ${characters} characters, and no kind of policy may have more than 10240`;
  return {
    place: null,
    what,
    fix: "Divide it; a managed policy has at most 6144, a role's own policies together 10240.",
  };
}

function decodeUrl(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function fits(value: unknown, { path, beside }: Wrapping): boolean {
  const inner = at(value, path);
  return (isObject(inner) || typeof inner === "string") && (beside === undefined || at(value, [beside]) !== undefined);
}

/** What stands at a path of names; undefined where nothing does. A policy itself is not looked into. */
function at(value: unknown, names: readonly string[]): unknown {
  let found: unknown = value;
  for (const name of names) {
    if (!isObject(found) || "Statement" in found || !Object.hasOwn(found, name)) return undefined;
    found = found[name];
  }
  return found;
}
