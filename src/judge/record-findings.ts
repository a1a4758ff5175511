import { shown } from "../errors.ts";
import type { Finding } from "../findings/finding.ts";
import { makeFinding } from "../findings/make-finding.ts";
import { shellWord } from "../findings/shell-word.ts";
import { isUserName } from "../target/names.ts";
import { hasTokenMarks } from "../token/pasted/marks.ts";
import { isShowable } from "../token/showable.ts";
import { groupFindings } from "./group-findings.ts";
import { accessSays, isOn } from "./is-on.ts";
import type { Login, User, World } from "./world.ts";

const otherThanDefault = "Log in as another user: the one named default cannot have IAM authentication.";

/** The record of who logs in, by the name that AUTH gave; null where there is none. */
export function recordOf({ user }: Pick<Login, "user">, { users }: World): User | null {
  return users.find(({ name }) => name === user) ?? null;
}

/** What is wrong with the user that logs in: not there, of another type, off, or in no group of the cache. */
export function recordFindings(login: Pick<Login, "user">, world: World): Finding[] {
  if (login.user === null) return [];
  const { target } = world;
  const record = recordOf(login, world);
  if (record === null) return [missingFinding(login.user, world)];
  const user = shown(record.name);
  const findings: Finding[] = [];
  if (record.authentication !== "iam") {
    const how = record.authentication === "password" ? "with a password" : "without a password";
    findings.push(
      makeFinding("user-not-iam", {
        message: `The user ${user} logs in ${how}, not by IAM: a token is a wrong password for it.`,
        fix: record.name === "default" ? otherThanDefault : typeFix(target, record.id),
      }),
    );
  }
  // It is off on purpose: on, it would let everybody in.
  if (record.name === "default") return findings;
  if (!isOn(record)) {
    const by = accessSays(record.access) === false ? ": its access string does not say on" : "";
    findings.push(
      makeFinding("user-off", { message: `The user ${user} is switched off${by}.`, fix: onFix(target, record) }),
    );
  }
  if (isOn(record)) findings.push(...activityFindings(record));
  // Another user takes its place, and that will have its own groups.
  return [
    ...findings,
    ...(record.id === record.name ? groupFindings(record, world) : [differingFinding(record, target.kind)]),
  ];
}

/** What is being changed stays as it was until the change is there. */
function activityFindings({ name, status = "active" }: User): Finding[] {
  if (status === "active") return [];
  return [
    makeFinding("user-not-active", {
      severity: status === "modifying" ? "warning" : "error",
      message: `The user ${shown(name)} is not active: AWS says ${shown(status)}.`,
      fix:
        status === "deleting"
          ? "Create it anew when it is gone, or log in as another."
          : "Wait some minutes until it is active, and try again.",
    }),
  ];
}

function missingFinding(given: string, { users, target }: World): Finding {
  const { kind } = target;
  const byId = users.find(({ id }) => id === given);
  if (byId) return differingFinding(byId, kind);
  const service = kind === "memorydb-cluster" ? "MemoryDB" : "ElastiCache";
  const told = (rest: string, fix: string) => {
    const user = isShowable(given) ? `user ${shown(given)}` : "user of the name that was sent (not shown)";
    return makeFinding("user-not-found", { message: `There is no ${user} in ${service}${rest}`, fix });
  };
  if (isSwapped({ user: given })) {
    return told(": it looks like a token.", "Send the user first, and the token behind it.");
  }
  const names = users.slice(0, 5).map(({ name }) => name);
  const others = users.length > names.length ? ` and ${users.length - names.length} more` : "";
  return told(
    names.length === 0 ? ": there is none at all." : `; there are ${names.join(", ")}${others}.`,
    given === "default"
      ? otherThanDefault
      : `Log in as one that exists, or create it, with no more for ACCESS than it needs, as ~app:* +@read: ${createCommand(target, isUserName(kind, given) ? given : "USER")}.`,
  );
}

/** Whether a token was sent where the user belongs. */
export function isSwapped({ user }: Pick<Login, "user">): boolean {
  return user !== null && hasTokenMarks(user);
}

/** ElastiCache: the token and the ARN name the id, AUTH the name; for IAM the two must be the same. */
function differingFinding({ id, name }: User, kind: Place["kind"]): Finding {
  return makeFinding("user-id-name-differ", {
    message: `The user with the id ${shown(id)} has another name, ${shown(name)}; for IAM the two must be the same.`,
    fix: `Create a user whose id and name are ${isUserName(kind, id) ? `both ${id}` : "the same"}, put it into the group, and log in as that.`,
  });
}

type Place = Pick<World["target"], "kind" | "region">;

function createCommand({ kind, region }: Place, user: string): string {
  const how = `--authentication-mode Type=iam --access-string "on ACCESS" --region ${region}`;
  return kind === "memorydb-cluster"
    ? `\`aws memorydb create-user --user-name ${user} ${how}\``
    : `\`aws elasticache create-user --user-id ${user} --user-name ${user} --engine valkey ${how}\``;
}

/** The passwords of a user go with the type. */
function typeFix(place: Place, id: string): string {
  return `Log in as a user with IAM authentication, or give it to this one, which ends its logins by password, whoever uses them: \`${modify(place, id, "--authentication-mode Type=iam")}\`.`;
}

/** What it may do is to stay as it is. */
function onFix(place: Place, { id, access = "" }: User): string {
  const rights = access.split(/\s+/).filter((word) => word !== "" && !/^(on|off)$/i.test(word));
  // Nothing in single quotes is anything to a shell; a backtick ends a command here.
  if (rights.length > 0 && !/['`\\\p{C}]/u.test(access)) {
    return `Switch it on, with the rights that it has: \`${modify(place, id, `--access-string 'on ${rights.join(" ")}'`)}\`.`;
  }
  return `Put on in front of the rights that it has, in the place of off; ${describeCommand(place, id)} shows them: \`${modify(place, id, '--access-string "on RIGHTS"')}\`.`;
}

function describeCommand({ kind, region }: Place, id: string): string {
  const user = shellWord(id, "USER");
  return kind === "memorydb-cluster"
    ? `\`aws memorydb describe-users --user-name ${user} --region ${region}\``
    : `\`aws elasticache describe-users --user-id ${user} --region ${region}\``;
}

function modify({ kind, region }: Place, id: string, how: string): string {
  const user = shellWord(id, "USER");
  return kind === "memorydb-cluster"
    ? `aws memorydb update-user --user-name ${user} ${how} --region ${region}`
    : `aws elasticache modify-user --user-id ${user} ${how} --region ${region}`;
}
