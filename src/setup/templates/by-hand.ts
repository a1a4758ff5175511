import { policyNames } from "../../policy/policy-names.ts";
import type { Choices } from "../choices.ts";
import { oneLine } from "../script/shell-words.ts";
import type { Words } from "../script/step.ts";
import { stepsOf } from "../script/steps.ts";

/** What a template cannot do, for it changes only what it has made: a command before it, or after it. */
export interface ByHand {
  readonly when: "before" | "after";
  readonly about: string;
  readonly command: string;
}

/** Terraform can add a user to an ElastiCache group that it did not make, and CloudFormation cannot. */
export function byHand(choices: Choices, format: "terraform" | "cloudformation"): readonly ByHand[] {
  const addsToGroup = format === "terraform" && choices.target.kind !== "memorydb-cluster";
  return stepsOf(choices).flatMap((step): ByHand[] => {
    const change = step.checks.map((check) => check.change).find((words): words is Words => words !== null);
    if (change === undefined || (step.id === "group" && addsToGroup)) return [];
    return [{ when: step.id === "user" ? "before" : "after", about: step.about, command: oneLine(change) }];
  });
}

/** The command that a template is handed over with. */
function deployCommand({ target, user }: Choices, format: "terraform" | "cloudformation"): string {
  return format === "terraform"
    ? "terraform init && terraform apply"
    : `aws cloudformation deploy --region ${target.region} --stack-name ${policyNames(target.name, user).name} --template-file FILE --capabilities CAPABILITY_NAMED_IAM`;
}

/** What stands over a template: what it is, how it is used, and what is left to do. YAML and HCL have one sign for it. */
export function head(choices: Choices, format: "terraform" | "cloudformation"): string {
  const { target, user, accountId } = choices;
  const all = byHand(choices, format);
  const part = (when: ByHand["when"], title: string) => {
    const commands = all.filter((one) => one.when === when);
    if (commands.length === 0) return [];
    return [`# ${title}`, ...commands.flatMap(({ about, command }) => [`# - ${about}`, `#   ${command}`])];
  };
  return [
    `# IAM logins of ${user} to ${target.name} in ${target.region}${accountId === null ? "" : `, account ${accountId}`}. Written by cacheauth setup.`,
    `#   ${deployCommand(choices, format)}`,
    ...part("before", "Before it, by hand, for a template changes only what it has made:"),
    ...part("after", "After it, by hand, for a template changes only what it has made:"),
    "\n",
  ].join("\n");
}

/** What is done with a template, in its order. */
export function templateSteps(
  choices: Choices,
  format: "terraform" | "cloudformation",
): readonly { readonly about: string; readonly command: string }[] {
  const all = byHand(choices, format);
  const commands = (when: ByHand["when"]) =>
    all.filter((one) => one.when === when).map(({ about, command }) => ({ about, command }));
  const deploy = { about: "What the template makes.", command: deployCommand(choices, format) };
  return [...commands("before"), deploy, ...commands("after")];
}
