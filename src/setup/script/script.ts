import { makePolicy } from "../../policy/make-policy.ts";
import type { Choices } from "../choices.ts";
import { trustPolicy, trustsPeople } from "../trust-policy.ts";
import { attachCommand } from "./iam.ts";
import { prelude } from "./prelude.ts";
import { doubleQuoted, manyLines, shellQuoted } from "./shell-words.ts";
import { existingText, stepText } from "./step-text.ts";
import { endpointOf, stepsOf } from "./steps.ts";

/** The whole set-up as a script for any POSIX shell. Texts that are foreign are quoted, or were checked before. */
export function script(choices: Choices): string {
  const steps = stepsOf(choices);
  const texts = steps.filter(({ make }) => make === null).map(existingText);
  const existing =
    texts.length === 0 ? [] : [`# What is said to exist is looked at before anything is made.\n${texts.join("\n")}`];
  return `${[
    prelude(choices),
    accountText(choices),
    documentsText(choices),
    ...existing,
    ...steps.map(stepText).filter((text) => text !== null),
    attachText(choices),
    endText(choices),
  ].join("\n\n")}\n`;
}

/** The AWS CLI tells it when the script is run: no credentials are needed to write the script. */
export function askAccount({ target }: Choices): string {
  return `account=$(aws sts get-caller-identity --region ${target.region} --query Account --output text)`;
}

function accountText(choices: Choices): string {
  const { accountId } = choices;
  if (accountId === null) return `# The account that these credentials belong to.\n${askAccount(choices)}`;
  return [
    "# Nothing is made in another account.",
    askAccount(choices),
    `[ "$account" = ${accountId} ] || stop "these credentials are of the account $account, not ${accountId}"`,
  ].join("\n");
}

/** JSON and ARNs have none of the characters that a here-document fills in, but for the account's. */
export function documentsText(choices: Choices): string {
  const { target, user, names, existing } = choices;
  const policy = makePolicy(target, user, "$account");
  const [{ Resource }] = policy.Statement;
  const documents = [
    `policy="arn:${target.partition}:iam::$account:policy/${names.policy}"`,
    `resources="${Resource.join(" ")}"`,
    hereDocument("permissions", policy),
    ...(existing.includes("role") ? [] : [hereDocument("trust", trustPolicy(choices, "$account"))]),
  ];
  return documents.join("\n");
}

function hereDocument(variable: string, document: object): string {
  return `${variable}=$(\n  cat <<JSON\n${JSON.stringify(document, null, 2)}\nJSON\n)`;
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
