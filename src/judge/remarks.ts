/** What refuses no login by IAM and is worth knowing: rights that keep clients from starting, and who is let in without any. */
import { shown } from "../errors.ts";
import type { Finding } from "../findings/finding.ts";
import { makeFinding } from "../findings/make-finding.ts";
import { shellWord } from "../findings/shell-word.ts";
import { readAccessString } from "./access-string.ts";
import { allowsCommand } from "./allows-command.ts";
import { isOn } from "./is-on.ts";
import { recordOf } from "./record-findings.ts";
import type { Login, User, World } from "./world.ts";

export function remarks(login: Pick<Login, "user">, world: World): Finding[] {
  return [...startFindings(recordOf(login, world), world), ...openFindings(world)];
}

/** What clients ask before the first command of the program, with their categories as redis-server 7 has them (COMMAND INFO). */
const startCommands = [
  { name: "hello", categories: ["fast", "connection"], firstArgument: null },
  { name: "ping", categories: ["fast", "connection"], firstArgument: null },
  { name: "info", categories: ["slow", "dangerous"], firstArgument: null },
  { name: "command", categories: ["slow", "connection"], firstArgument: null },
  { name: "cluster|slots", categories: ["slow"], firstArgument: null },
] as const;

function startFindings(user: User | null, { target: { kind, region } }: World): Finding[] {
  const access = user?.access === undefined ? null : readAccessString(user.access).access;
  if (user === null || access === null || !access.enabled) return [];
  const blocked = startCommands
    .filter((command) => !access.permissions.some((permissions) => allowsCommand(permissions, command)))
    .map(({ name }) => name.replace("|", " ").toUpperCase());
  if (blocked.length === 0) return [];
  const rules = blocked.map((name) => `+${name.toLowerCase().replace(" ", "|")}`).join(" ");
  const who = shellWord(user.id, "USER");
  return [
    makeFinding("acl-blocks-start", {
      likelihood: "certain",
      message: `The access string of the user ${shown(user.name)} forbids ${blocked.join(", ")}, which clients send at their start.`,
      fix:
        kind === "memorydb-cluster"
          ? `Put it behind the rights that it has: \`aws memorydb update-user --user-name ${who} --access-string "RIGHTS ${rules}" --region ${region}\`.`
          : `Add it: \`aws elasticache modify-user --user-id ${who} --append-access-string "${rules}" --region ${region}\`.`,
    }),
  ];
}

/** The user named default of an attached group, where anybody is let in as it. */
function openFindings({ groups, users, target: { kind } }: World): Finding[] {
  const members = (groups ?? []).filter(({ attached }) => attached).flatMap((group) => group.users);
  const open = users.find(
    (user) =>
      user.name === "default" &&
      members.includes(user.id) &&
      user.authentication === "no-password" &&
      isOn(user) &&
      mayDoAnything(user),
  );
  if (!open) return [];
  return [
    makeFinding("default-user-open", {
      likelihood: "certain",
      message: "The user named default is on and needs no password: whoever reaches the cache is in without a token.",
      fix:
        kind === "memorydb-cluster"
          ? "Use an ACL of your own without it: open-access has it."
          : "Put another user named default into the group in its place, whose access string is `off ~* -@all`.",
    }),
  ];
}

function mayDoAnything({ access }: User): boolean {
  if (access === undefined) return true;
  const read = readAccessString(access).access;
  return read === null || read.permissions.some(({ commands }) => commands.some(({ allow }) => allow));
}
