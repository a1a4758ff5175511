import { shown } from "../errors.ts";
import type { Finding } from "../findings/finding.ts";
import { makeFinding } from "../findings/make-finding.ts";
import { shellWord } from "../findings/shell-word.ts";
import type { Kind } from "../target/kinds.ts";
import { stateFindings } from "./group-state.ts";
import type { Group, User, World } from "./world.ts";

/** Whether the cache knows the user: it has the users of the groups that are attached to it, and no others. */
export function groupFindings(user: User, world: World): Finding[] {
  const { groups, target } = world;
  if (groups === null) return [];
  const { kind, name: cache, region } = target;
  const isIn = (group: Group) => group.users.includes(user.id);
  const serving = groups.filter((group) => group.attached && isIn(group));
  if (serving.length > 0) return stateFindings(serving, world);
  const attached = groups.find((group) => group.attached);
  const elsewhere = groups.find(isIn);
  const [what, who] = [kind === "memorydb-cluster" ? "ACL" : "user group", shown(user.name)];
  const findings: Finding[] = [];
  if (attached || !elsewhere) {
    const group = attached ?? groups[0];
    const where = attached ? `the ${what} of ${cache}, ${shown(attached.id)}` : `any ${what}`;
    const instead = elsewhere ? `; it is in ${shown(elsewhere.id)}, which ${cache} does not have` : "";
    findings.push(
      makeFinding("user-not-in-group", {
        message: `The user ${who} is not in ${where}${instead}.`,
        fix: group?.joining?.includes(user.id)
          ? `It is being added: wait until the ${what} is active again.`
          : `Add it: \`${addCommand(kind, groupWord(group), shellWord(user.id, "USER"))} --region ${region}\`.`,
      }),
    );
  }
  if (!attached) {
    const group = elsewhere ?? groups[0];
    findings.push(
      makeFinding("group-not-attached", {
        message: group
          ? `The ${what} ${shown(group.id)}${elsewhere ? `, which has the user ${who},` : ""} is not attached to ${cache}.`
          : `No ${what} is attached to ${cache}.`,
        fix: group?.attaching
          ? `It is being attached: wait until ${cache} is available again.`
          : `Attach it: \`${attachCommands[kind](cache, groupWord(group))} --region ${region}\`.`,
      }),
    );
  }
  return findings;
}

function groupWord(group: Group | undefined): string {
  return group ? shellWord(group.id, "GROUP") : "GROUP";
}

function addCommand(kind: Kind, group: string, user: string): string {
  return kind === "memorydb-cluster"
    ? `aws memorydb update-acl --acl-name ${group} --user-names-to-add ${user}`
    : `aws elasticache modify-user-group --user-group-id ${group} --user-ids-to-add ${user}`;
}

const attachCommands: Readonly<Record<Kind, (cache: string, group: string) => string>> = {
  "replication-group": (cache, group) =>
    `aws elasticache modify-replication-group --replication-group-id ${cache} --user-group-ids-to-add ${group}`,
  "serverless-cache": (cache, group) =>
    `aws elasticache modify-serverless-cache --serverless-cache-name ${cache} --user-group-id ${group}`,
  "memorydb-cluster": (cache, group) => `aws memorydb update-cluster --cluster-name ${cache} --acl-name ${group}`,
};
