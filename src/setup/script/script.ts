import { makePolicy } from "../../policy/make-policy.ts";
import type { Choices } from "../choices.ts";
import { trustPolicy, trustsPeople } from "../trust-policy.ts";
import { attachCommand } from "./iam.ts";
import { prelude } from "./prelude.ts";
import { doubleQuoted, manyLines, shellQuoted } from "./shell-words.ts";
import type { Step } from "./step.ts";
import { lookText, stepText } from "./step-text.ts";
import { endpointOf, stepsOf } from "./steps.ts";
import { toldStatements } from "./told-statements.ts";
import { undoText } from "./undo.ts";

/** The whole set-up as a script for any POSIX shell. Texts that are foreign are quoted, or were checked before. */
export function script(choices: Choices): string {
  const steps = stepsOf(choices);
  return `${[
    prelude(choices),
    accountText(choices),
    documentsText(choices),
    toldText(choices),
    looksText(steps),
    ...steps.map(stepText).filter((text) => text !== null),
    attachText(choices),
    endText(choices),
    undoText(choices),
  ].join("\n\n")}\n`;
}

/** The AWS CLI tells it when the script is run: no credentials are needed to write the script. */
export function askAccount({ target }: Choices): string {
  return `account=$(aws sts get-caller-identity --region ${target.region} --query Account --output text)`;
}

function accountText(choices: Choices): string {
  const { accountId } = choices;
  const where = `say "in the account $account, in ${choices.target.region}"`;
  if (accountId === null) return `# The account that these credentials belong to.\n${askAccount(choices)}\n${where}`;
  return [
    "# Nothing is made in another account.",
    askAccount(choices),
    `[ "$account" = ${accountId} ] || stop "these credentials are of the account $account, not ${accountId}"`,
    where,
  ].join("\n");
}

/** JSON and ARNs have none of the characters that a here-document fills in, but for the account's. */
export function documentsText(choices: Choices): string {
  const { target, user, names, existing } = choices;
  const policy = makePolicy(target, user, "$account");
  const trust = trustPolicy(choices, "$account");
  const documents = [
    `policy="arn:${target.partition}:iam::$account:policy/${names.policy}"`,
    hereDocument("permissions", JSON.stringify(policy, null, 2)),
    ...(existing.includes("role") ? [] : [hereDocument("trust", JSON.stringify(trust, null, 2))]),
  ];
  return documents.join("\n");
}

/** For one that is there already: AWS is asked for its statements in this form. */
function toldText(choices: Choices): string {
  const { target, user, existing } = choices;
  return [
    "# The same statements in the form in which AWS is asked for them, to compare with a policy and a role that are there.",
    hereDocument("permissions_told", toldStatements(makePolicy(target, user, "$account"))),
    ...(existing.includes("role")
      ? []
      : [hereDocument("trust_told", toldStatements(trustPolicy(choices, "$account")))]),
  ].join("\n");
}

function hereDocument(variable: string, text: string): string {
  return `${variable}=$(\n  cat <<JSON\n${text}\nJSON\n)`;
}

/** What AWS makes at once is looked at first: whatever stops there does so without a wait for a cache that is being made. */
function looksText(steps: readonly Step[]): string {
  const [waited, ready] = [
    steps.filter(({ status }) => status !== null),
    steps.filter(({ status }) => status === null),
  ];
  const about = "# All that may be there is looked at before anything is made or changed.";
  return `${about}\n${[...ready, ...waited].map(lookText).join("\n\n")}`;
}

function attachText(choices: Choices): string {
  const { role, policy } = choices.names;
  return [
    "# The role gets the policy; where it has it already, nothing changes.",
    `say ${shellQuoted(`attaching the policy ${policy} to the role ${role}`)}`,
    `${manyLines(attachCommand(choices), "")} >/dev/null`,
  ].join("\n");
}

function endText(choices: Choices): string {
  const { target, user, names } = choices;
  const asRole = trustsPeople(choices) && !choices.existing.includes("role");
  const role = asRole ? ` --role-arn arn:${target.partition}:iam::$account:role/${names.role}` : "";
  const whom = asRole ? "" : ", run by what has the role";
  return [
    "# Nothing here reaches the cache itself, which only its own network does.",
    `endpoint=$(look_cache --query ${doubleQuoted(endpointOf(choices))} --output text)`,
    `say ${shellQuoted(`done. To see that the login works, from a machine that reaches the cache${whom}:`)}`,
    `printf '%s\\n' "cacheauth doctor $endpoint -u ${user}${role}"`,
  ].join("\n");
}
