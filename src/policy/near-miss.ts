import { shown } from "../errors.ts";
import type { Kind } from "../target/kinds.ts";
import { lowerCase } from "../target/names.ts";
import { readArnPattern } from "./arn-pattern.ts";
import { roleOf, shapeFaults } from "./arn-shape.ts";
import { connectAction, type Role } from "./connect-arns.ts";
import type { PolicyDocument, StatementPlace } from "./document.ts";
import { namesAction } from "./evaluate.ts";
import { globOf, matches } from "./glob.ts";
import { allStatements } from "./place-words.ts";

/** A resource that a statement allows, and that is nearly the one that is needed. */
export interface NearMiss {
  readonly place: StatementPlace;
  readonly pattern: string;
  /** What it differs in, each to stand behind "which". */
  readonly differences: readonly string[];
  /** It is another's, and right for that one. */
  readonly isAnother: boolean;
}

interface Difference {
  readonly what: string;
  readonly weight: number;
}

/** Another name may just be meant for another cache; more than that and one slip is no near miss. */
const otherName = 2;
const farthest = 3;

/** The nearest of all resources on which the action is allowed; null where none is near. */
export function nearestMiss(
  documents: readonly PolicyDocument[],
  kind: Kind,
  role: Role,
  needed: string,
): NearMiss | null {
  const action = connectAction(kind);
  let nearest: { readonly miss: NearMiss; readonly weight: number } | null = null;
  for (const { statement, place, version } of allStatements(documents)) {
    if (statement.effect !== "Allow" || statement.resources.not || !namesAction(statement, action)) continue;
    for (const pattern of statement.resources.patterns) {
      const found = differencesOf({ kind, role, pattern, needed, version });
      const weight = found?.reduce((sum, one) => sum + one.weight, 0) ?? farthest + 1;
      if (found === null || weight > farthest || (nearest !== null && nearest.weight <= weight)) continue;
      const isAnother = found.length === 1 && weight === otherName;
      nearest = { miss: { place, pattern, differences: found.map(({ what }) => what), isAnother }, weight };
    }
  }
  return nearest?.miss ?? null;
}

interface Comparison {
  readonly kind: Kind;
  readonly role: Role;
  readonly pattern: string;
  readonly needed: string;
  readonly version: PolicyDocument["version"];
}

/** Null where they have nothing to do with each other. */
function differencesOf({ kind, role, pattern, needed, version }: Comparison): readonly Difference[] | null {
  const [has, wants] = [readArnPattern(pattern), readArnPattern(needed)];
  if (wants === null || wants.resource === null) return null;
  const { name } = wants.resource;
  if (has === null) {
    const isMeant = pattern.endsWith(`${wants.resource.separator}${name}`) || pattern === name;
    return isMeant ? [{ what: "is no ARN: those have six parts, from arn: on", weight: 1 }] : null;
  }
  const found: Difference[] = [];
  const compare = (part: string, value: string, what: string) => {
    if (!matches(globOf(part), value)) found.push({ what, weight: 1 });
  };
  compare(has.partition, wants.partition, `is of the partition ${shown(has.partition)}, not ${wants.partition}`);
  compare(has.service, wants.service, `is of the service ${shown(has.service)}, not ${wants.service}`);
  compare(
    has.region,
    wants.region,
    `is of ${has.region === "" ? "no region" : `the region ${shown(has.region)}`}, not ${wants.region}`,
  );
  compare(
    has.account,
    wants.account,
    `is of ${has.account === "" ? "no account" : `the account ${shown(has.account)}`}, not ${wants.account}`,
  );
  if (matches(globOf(has.rest), wants.rest)) return found;
  if (has.resource === null) {
    return has.rest === name
      ? [...found, { what: `has no ${wants.resource.type}${wants.resource.separator} before the name`, weight: 1 }]
      : null;
  }
  const { type, separator } = has.resource;
  if (roleOf(type) !== role) return null;
  found.push(...shapeFaults(kind, role, type, separator).map((what) => ({ what, weight: 1 })));
  found.push(...nameDifferences(has.resource.name, name, version));
  return found;
}

function nameDifferences(has: string, name: string, version: PolicyDocument["version"]): readonly Difference[] {
  if (matches(globOf(has), name)) return [];
  const variable = /\$\{[^}]*\}/.exec(has)?.[0];
  if (variable !== undefined) {
    const what =
      version === "2012-10-17"
        ? `has a variable that is not ${name} here, ${variable}`
        : `has ${variable}, which only a policy with "Version": "2012-10-17" fills in`;
    return [{ what, weight: otherName }];
  }
  if (has.trim() === name) return [{ what: `has ${whiteSpace(has)}, ${shown(has)}`, weight: 1 }];
  if (lowerCase(has) === name) return [{ what: `has the name in another case, ${shown(has)}`, weight: 1 }];
  if (has.includes(".") && lowerCase(has).split(".").includes(name)) {
    return [{ what: `has an endpoint where the name belongs, ${shown(has)}`, weight: 1 }];
  }
  return [{ what: `is for ${shown(has)}`, weight: otherName }];
}

/** `a space at its end` */
function whiteSpace(name: string): string {
  const [start, end] = [name !== name.trimStart(), name !== name.trimEnd()];
  const what = /[^\S ]/.test(name) ? "white space" : "a space";
  return `${what} at its ${start ? "start" : ""}${start && end ? " and its " : ""}${end ? "end" : ""}`;
}
