/**
 * No AWS and no AWS CLI: a program named aws that answers from a file, for scripts that are run in tests. It knows the few
 * operations and queries that setup's scripts have, and ends with an error at any other. What AWS's own command line makes of
 * the scripts, the long tests show.
 *
 * FAKE_AWS names the file: `{ account, denied, things, statuses, log }`.
 */
import { readFileSync, writeFileSync } from "node:fs";

export interface FakeAws {
  readonly account: string;
  /** An operation that is not allowed. */
  readonly denied?: string;
  /** By `user my-user`. */
  readonly things: Record<string, Record<string, string>>;
  /** What is answered for a thing's state before it is active. */
  readonly statuses?: Record<string, string[]>;
  /** What is still answered to a query about a thing, before the truth. */
  readonly stale?: Record<string, string[]>;
  /** Every command but those that only look. */
  readonly log: string[][];
}

/** What an operation is about, and by which flag. */
const about: Readonly<Record<string, readonly [what: string, flag: string]>> = {
  user: ["user", "--user-id"],
  users: ["user", "--user-id"],
  "user-group": ["group", "--user-group-id"],
  "user-groups": ["group", "--user-group-id"],
  "replication-group": ["cache", "--replication-group-id"],
  "replication-groups": ["cache", "--replication-group-id"],
  policy: ["policy", "--policy-arn"],
  "policy-version": ["policy", "--policy-arn"],
  role: ["role", "--role-name"],
};

/** The part of a thing that a query asks for. */
const queries: readonly (readonly [RegExp, (thing: Record<string, string>, match: RegExpMatchArray) => string])[] = [
  [/^\w+\[0\]\.Status$/, ({ Status }) => Status ?? "active"],
  [/^\w+\[0\]\.Engine$/, ({ engine }) => engine ?? "None"],
  [/^Users\[0\]\.UserName$/, ({ name }) => name ?? "None"],
  [/^Users\[0\]\.Authentication\.Type$/, ({ type }) => type ?? "None"],
  [/starts_with/, ({ name, access }) => `${name} ${access?.startsWith("off ")}`],
  [
    /contains\(UserGroups\[0\]\.UserIds, '(.*)'\)/,
    ({ members = "" }, [, id = ""]) => String(members.split(" ").includes(id)),
  ],
  [/TransitEncryptionEnabled$/, ({ tls }) => tls ?? "False"],
  [/UserGroupIds\[0\]$/, ({ group }) => group ?? "None"],
  [/PrimaryEndpoint/, () => "master.my-cache.abc123.use1.cache.amazonaws.com"],
  [/^Policy\.DefaultVersionId$/, () => "v1"],
  [/^Users\[0\]\.AccessString$/, ({ told, access }) => told ?? access ?? "None"],
  [/^to_string\(PolicyVersion\.Document\.(.*)\)$/, ({ document }, [, query]) => statementsOf(document, query)],
  [/^to_string\(Role\.AssumeRolePolicyDocument\.(.*)\)$/, ({ trust }, [, query]) => statementsOf(trust, query)],
  [/^Role\.Description$/, ({ description }) => description ?? "None"],
];

/** `Statement[].[Effect, …]` of a document. */
function statementsOf(document = "{}", query = ""): string {
  const elements = /^Statement\[\]\.\[(.*)\]$/.exec(query)?.[1]?.split(", ") ?? [];
  const statements: Record<string, unknown>[] = JSON.parse(document).Statement ?? [];
  return JSON.stringify(statements.map((statement) => elements.map((element) => statement[element] ?? null)));
}

/** Of whom a group lets in without a password. */
function openMembers({ things }: FakeAws, query: string): string {
  const group = /contains\(UserGroupIds \|\| `\[\]`, '(.*?)'\)/.exec(query)?.[1];
  const members = things[`group ${group}`]?.["members"]?.split(" ") ?? [];
  const isOpen = (id: string) => {
    const { type, access } = things[`user ${id}`] ?? {};
    return type?.startsWith("no-password") && access?.startsWith("on");
  };
  return members.filter(isOpen).join(" ");
}

const file = process.env["FAKE_AWS"];
if (file !== undefined) process.stdout.write(`${answer(file, process.argv.slice(2))}\n`);

function answer(path: string, args: readonly string[]): string {
  const state: FakeAws = JSON.parse(readFileSync(path, "utf8"));
  const [service = "", operation = ""] = args;
  const flag = (name: string) => (args.includes(name) ? (args[args.indexOf(name) + 1] ?? "") : undefined);
  if (operation === state.denied) fail(`An error occurred (AccessDenied) when calling ${operation}: not for you`);
  if (operation === "get-caller-identity") return state.account;
  const [verb = "", ...rest] = operation.split("-");
  const [what, idFlag = ""] = about[rest.join("-")] ?? [];
  if (service === "iam" && operation === "attach-role-policy") return keep(path, state, args);
  if (what === undefined) fail(`Invalid choice: ${service} ${operation}`);
  if (operation === "describe-users" && flag("--user-id") === undefined) {
    return openMembers(state, flag("--query") ?? "");
  }
  const arn = `arn:aws:iam::${state.account}:policy/${flag("--policy-name")}`;
  const key = `${what} ${flag(idFlag) ?? arn}`;
  const thing = state.things[key];
  if (verb === "describe" || verb === "get") {
    if (thing === undefined)
      fail(`An error occurred (${what === "role" ? "NoSuchEntity" : "NotFoundFault"}): no ${key}`);
    const query = flag("--query");
    if (query === undefined) return "everything";
    const before = state.stale?.[`${key} ${query}`]?.shift();
    if (before !== undefined) {
      writeFileSync(path, JSON.stringify(state));
      return before;
    }
    const status = query.endsWith(".Status") ? state.statuses?.[key]?.shift() : undefined;
    if (status !== undefined) {
      writeFileSync(path, JSON.stringify(state));
      return status;
    }
    // AWS tells a cache's group when the cache is made, not before.
    const isMade = (state.statuses?.[key]?.length ?? 0) === 0;
    if (!isMade && query.includes("UserGroupIds[0]")) return "None";
    for (const [pattern, read] of queries) {
      const match = pattern.exec(query);
      if (match) return read(thing, match);
    }
    fail(`Bad value for --query ${query}`);
  }
  if (verb === "create" && thing !== undefined) fail(`An error occurred (AlreadyExists): ${key}`);
  const policy = flag("--policy-document");
  const ids = args.slice(args.indexOf("--user-ids") + 1);
  const given: Record<string, string | undefined> = {
    name: flag("--user-name"),
    type: flag("--authentication-mode")?.replace("Type=", ""),
    access: flag("--access-string"),
    members: args.includes("--user-ids")
      ? ids
          .slice(
            0,
            [...ids, "--"].findIndex((id) => id.startsWith("--")),
          )
          .join(" ")
      : undefined,
    group: flag("--user-group-ids") ?? flag("--user-group-ids-to-add"),
    tls: args.includes("--transit-encryption-enabled") ? "True" : undefined,
    document: policy,
    trust: flag("--assume-role-policy-document"),
    description: flag("--description"),
  };
  const more = flag("--user-ids-to-add");
  const members = more === undefined ? given["members"] : `${thing?.["members"]} ${more}`;
  const set = Object.entries({ ...given, members }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  state.things[key] = { ...thing, ...Object.fromEntries(set) };
  return keep(path, state, args);
}

/** What it says of it is of no use to a person. */
function keep(path: string, state: FakeAws, args: readonly string[]): string {
  state.log.push([...args]);
  writeFileSync(path, JSON.stringify(state));
  return "NOISE";
}

function fail(text: string): never {
  process.stderr.write(`\n${text}\n`);
  process.exit(254);
}
