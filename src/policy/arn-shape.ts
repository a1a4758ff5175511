import { shown } from "../errors.ts";
import { type Kind, kinds } from "../target/kinds.ts";
import { readArnPattern } from "./arn-pattern.ts";
import { arnForms, type Role } from "./connect-arns.ts";
import { aKind, serviceName } from "./kind-words.ts";

/** What people write for the type of a resource, in lower case and without hyphens. */
const meant: Readonly<Record<Role, readonly string[]>> = {
  cache: ["replicationgroup", "serverlesscache", "cluster", "cachecluster", "cache", "serverless"],
  user: ["user", "users", "usergroup", "acl"],
};

/** Which of the two resources a type stands for; null where it stands for neither. */
export function roleOf(type: string): Role | null {
  const plain = type.toLowerCase().replace(/[-_]/g, "");
  return (["cache", "user"] as const).find((role) => meant[role].includes(plain)) ?? null;
}

/** What the type of a resource and what follows it differ in from how the service writes them, each in words. */
export function shapeFaults(kind: Kind, role: Role, type: string, separator: string): string[] {
  const form = arnForms[kind];
  const faults: string[] = [];
  if (type !== form[role]) {
    faults.push(
      /group|acl/i.test(type) && role === "user"
        ? `names the user's ${kind === "memorydb-cluster" ? "ACL" : "group"}, where the user itself is asked for`
        : `says ${shown(type)} where ${role === "cache" ? aKind(kind) : "a user"} has ${form[role]}`,
    );
  }
  if (separator !== form.separator) {
    const [has, wants] = separator === "/" ? ["slash", "colon"] : ["colon", "slash"];
    faults.push(`has a ${has} behind the type, where ${serviceName(kind)} has a ${wants}`);
  }
  return faults;
}

/**
 * Why a resource can be no cache and no user of the service, in words that follow "it"; null where it can be, or is meant
 * for something else.
 *
 * @param exact whether the statement is about connecting alone: with `elasticache:*` other resources have their use
 */
export function unmatchable(kind: Kind, pattern: string, exact: boolean): string | null {
  // A wildcard may stand for parts that are not there.
  if (/^([*?]|arn:.*\*)/.test(pattern) && readArnPattern(pattern) === null) return null;
  const arn = readArnPattern(pattern);
  if (arn === null) return "is no ARN: those have six parts, arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE";
  if (arn.service !== kinds[kind].service || arn.resource === null) return null;
  const { type, separator } = arn.resource;
  const role = roleOf(type);
  if (role === null || /[*?$]/.test(type)) return null;
  const others = kinds[kind].service === "elasticache" ? ["replicationgroup", "serverlesscache"] : [];
  const known = others.includes(type) ? type : arnForms[kind][role];
  // A cluster and a user group are resources of their own, for other actions.
  if (type !== known && !exact) return null;
  const faults = shapeFaults(kind, role, type === known ? arnForms[kind][role] : type, separator);
  return faults.length === 0 ? null : faults.join(", and ");
}
