import { shown } from "../errors.ts";
import type { Condition, Patterns, Statement } from "./document.ts";
import { operatorNames, readOperator } from "./operators.ts";
import { type Faults, isObject, nearest, refuseUnknown } from "./parse-faults.ts";
import { resourceFault } from "./resource-fault.ts";

const elements = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"] as const;

/** One statement; null where it has a fault, which is noted. */
export function parseStatement(value: unknown, add: Faults): Statement | null {
  if (!isObject(value)) {
    add("a statement is an object", 'Write it as { "Effect": "Allow", "Action": …, "Resource": … }.');
    return null;
  }
  let faults = 0;
  const note: Faults = (what, fix) => {
    faults += 1;
    add(what, fix);
  };
  const { Principal, NotPrincipal, ...rest } = value;
  if (Principal !== undefined || NotPrincipal !== undefined) {
    note(
      "it has a Principal, which the policies of users and roles do not",
      "Take it out: the policy is for whoever has it.",
    );
  }
  refuseUnknown(rest, elements, note);
  const sid = sidOf(value["Sid"], note);
  const effect = value["Effect"];
  const isMisspelt = effect === undefined && Object.keys(value).some((name) => isNearly(name, "Effect"));
  if (effect !== "Allow" && effect !== "Deny" && !isMisspelt) {
    note(effect === undefined ? "Effect is missing" : "Effect is neither Allow nor Deny", 'Write "Effect": "Allow".');
  }
  const actions = patternsOf(value, "Action", note);
  for (const action of actions.patterns) {
    if (action === "*" || /^[^:]+:[^:]+$/.test(action)) continue;
    note(`${shown(action)} is no action`, "Write the service before it, as in elasticache:Connect.");
  }
  const resources = patternsOf(value, "Resource", note);
  for (const resource of resources.patterns) {
    const fault = resourceFault(resource);
    if (fault !== null) note(fault, "Write the whole ARN; cacheauth policy prints those of the cache and the user.");
  }
  const conditions = conditionsOf(value["Condition"], note);
  return faults > 0 ? null : { sid, effect: effect as Statement["effect"], actions, resources, conditions };
}

function sidOf(value: unknown, note: Faults): string | null {
  if (value === undefined || value === "") return null;
  if (typeof value === "string" && /^[A-Za-z0-9]+$/.test(value)) return value;
  note("its Sid has something other than letters and digits", "Write letters and digits alone, or leave it out.");
  return null;
}

/** One of an element and its opposite, a text or several. */
function patternsOf(value: Readonly<Record<string, unknown>>, element: "Action" | "Resource", note: Faults): Patterns {
  const [plain, opposite] = [value[element], value[`Not${element}`]];
  const given = plain ?? opposite;
  const patterns: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (given === undefined) {
    // One that is misspelt was told already.
    if (Object.keys(value).some((name) => isNearly(name, element))) return { not: false, patterns: [] };
    note(
      `${element} is missing`,
      element === "Action" ? 'Add "Action": "elasticache:Connect".' : 'Add "Resource": [ … ].',
    );
  } else if (plain !== undefined && opposite !== undefined) {
    note(`it has ${element} and Not${element}`, "Keep one of them.");
  } else if (patterns.length === 0) {
    note(`${element} is an empty list`, "Name one at least.");
  } else if (!patterns.every((pattern) => typeof pattern === "string")) {
    note(`${element} is neither a text nor a list of texts`, "Put each in double quotes.");
  } else {
    return { not: plain === undefined, patterns };
  }
  return { not: false, patterns: [] };
}

/** A name that was not taken, and meant an element or its opposite. */
function isNearly(name: string, element: "Action" | "Resource" | "Effect"): boolean {
  if ((elements as readonly string[]).includes(name)) return false;
  const near = nearest(name, elements);
  return near === element || near === `Not${element}`;
}

function conditionsOf(value: unknown, note: Faults): readonly Condition[] {
  if (value === undefined) return [];
  if (!isObject(value)) {
    note("Condition is no object", 'Write it as { "IpAddress": { "aws:SourceIp": "10.0.0.0/8" } }.');
    return [];
  }
  return Object.entries(value).flatMap(([written, keys]) => {
    const operator = readOperator(written);
    if (operator === null) {
      const near = nearest(written.replace(/^For(All|Any)Values?:/i, "").replace(/IfExists$/i, ""), operatorNames);
      note(
        `there is no condition operator ${shown(written)}`,
        near === null ? "Write one such as StringEquals." : `Did you mean ${near}?`,
      );
      return [];
    }
    if (!isObject(keys)) {
      note(
        `what stands under ${written} is no object`,
        'Write the key and its value: { "aws:SourceIp": "10.0.0.0/8" }.',
      );
      return [];
    }
    return Object.entries(keys).map(([key, given]) => ({ operator, key, values: valuesOf(key, given, note) }));
  });
}

/** IAM takes numbers and truth values for the texts that they are written as. */
function valuesOf(key: string, given: unknown, note: Faults): readonly string[] {
  const values: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (values.length > 0 && values.every((value) => ["string", "number", "boolean"].includes(typeof value))) {
    return values.map(String);
  }
  note(`the value of ${shown(key)} is neither a text nor a list of texts`, "Put each in double quotes.");
  return [];
}
