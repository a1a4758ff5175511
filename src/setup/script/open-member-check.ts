import type { Choices } from "../choices.ts";
import { aws } from "./flags.ts";
import { doubleQuoted } from "./shell-words.ts";
import { filled, type Step } from "./step.ts";

/**
 * That nobody in a group that is there already gets in without a password, and may do something.
 *
 * @param groups where a user tells its groups
 * @param id where it tells its id
 */
export function openMemberChecks(choices: Choices, groups: string, id: string): Step["checks"] {
  const { names, target, existing } = choices;
  if (existing.includes("group")) return [];
  const service = target.kind === "memorydb-cluster" ? "memorydb" : "elasticache";
  const open = `Authentication.Type == 'no-password' && starts_with(AccessString || '', 'on') && contains(${groups} || \`[]\`, '${names.group}')`;
  return [
    {
      ask: [
        ...aws(choices, service, "describe-users", {}),
        "--query",
        filled(doubleQuoted(`join(' ', Users[?${open}].${id})`)),
      ],
      good: [""],
      changeable: [],
      change: null,
      otherwise: `${names.group} is there, and lets in without a password who logs in as $answer: take that out of it, or name another with --group`,
    },
  ];
}
