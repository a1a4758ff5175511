import type * as z from "zod/mini";
import { CacheauthError, shown } from "../errors.ts";
import { nearest } from "../policy/parse-faults.ts";
import { cache, group, key, user, usersFile } from "./users-file-schema.ts";

export function malformed(message: string, hint: string): CacheauthError {
  return new CacheauthError("users-file-malformed", message, hint);
}

export function inconsistent(message: string, hint: string): CacheauthError {
  return new CacheauthError("users-file-inconsistent", message, hint);
}

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** The first thing that is not as it should be, where it is, and what belongs there. Values are not shown: they may be secret. */
export function issueError(file: string, issues: readonly Issue[]): CacheauthError {
  const [issue] = issues.flatMap((one) => unpacked(one));
  if (issue === undefined) return malformed(`${file} is not as it should be.`, needed);
  const { path } = issue;
  if (issue.code === "unrecognized_keys") return unknownField(file, path, issue.keys[0] ?? "");
  const where = path.length === 0 ? file : `In ${file}, ${pathWords(path)}`;
  const wants = wantedBy(issue);
  return malformed(
    `${where} ${wants}.`,
    path.length === 0 || path[0] === "users" ? needed : "Write it so, or leave it out.",
  );
}

/** `users[0].name` */
function pathWords(path: Path): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
    .join("")
    .replace(/^\./, "");
}

const needed = 'The least it needs is { "users": ["NAME"] }.';

/** Of a user that is neither a name nor an object, that is said; of one that is an object, what is wrong in it. */
function unpacked(issue: Issue): readonly Issue[] {
  if (issue.code !== "invalid_union") return [issue];
  const branch = issue.errors.find((errors) =>
    errors.some(({ path, code }) => path.length > 0 || code !== "invalid_type"),
  );
  return branch ? branch.map((one) => ({ ...one, path: [...issue.path, ...one.path] })) : [issue];
}

function unknownField(file: string, path: Path, name: string): CacheauthError {
  const fields = fieldsAt(path);
  const near = nearest(name, fields);
  return malformed(
    `In ${file}, ${path.length === 0 ? "the whole" : pathWords(path)} has no field ${shown(name)}.`,
    near === null ? `There are: ${fields.join(", ")}.` : `Did you mean ${near}?`,
  );
}

function fieldsAt([first]: Path): readonly string[] {
  const level = { users: user, groups: group, keys: key, cache }[String(first)] ?? usersFile;
  return Object.keys(level.def.shape).filter((name) => name !== "$schema");
}

const types: Readonly<Record<string, string>> = {
  string: "a text in double quotes",
  boolean: "true or false",
  array: "a list in [ ]",
  object: "an object in { }",
  record: "an object in { }",
};

function wantedBy(issue: Issue): string {
  if (issue.message !== "" && issue.message !== "Invalid input") return issue.message;
  if (issue.code === "invalid_type") return `must be ${types[issue.expected] ?? issue.expected}`;
  if (issue.code === "invalid_value") return `must be one of ${issue.values.map(String).join(", ")}`;
  if (issue.code === "invalid_union") {
    return issue.path[0] === "users" ? "must be a name, or an object in { }" : "must be a text, or a list of texts";
  }
  return "is not as it should be";
}
