import { type Choices, describe } from "../choices.ts";
import { aws } from "./flags.ts";
import { rerunWith } from "./rerun.ts";
import { filled, type Step, type Words } from "./step.ts";
import { askStatements } from "./told-statements.ts";

/** Variables of the script. */
const policyArn = filled('"$policy"');
const permissions = filled('"$permissions"');
const trust = filled('"$trust"');

export function policyStep(choices: Choices): Step {
  const { names } = choices;
  return {
    id: "policy",
    what: `the policy ${names.policy}`,
    about: "The permission: to connect, on the cache and on the user. With one of the two alone, AWS refuses.",
    look: [...aws(choices, "iam", "get-policy", {}), "--policy-arn", policyArn],
    make: [
      ...aws(choices, "iam", "create-policy", { "policy-name": names.policy, description: describe(choices) }),
      ...["--policy-document", permissions],
    ],
    checks: [
      {
        ask: [
          ...[...aws(choices, "iam", "get-policy-version", {}), "--policy-arn", policyArn, "--version-id"],
          filled('"$(look_policy --query Policy.DefaultVersionId --output text)"'),
          ...["--query", askStatements("PolicyVersion.Document")],
        ],
        good: [filled('"$permissions_told"')],
        changeable: [],
        change: null,
        otherwise: `a policy ${names.policy} is there, and is another one: name yours with --policy. There is $answer; asked for is $permissions_told`,
      },
    ],
    status: null,
  };
}

export function roleStep(choices: Choices): Step {
  const { names, existing } = choices;
  const exists = existing.includes("role");
  const id = { "role-name": names.role };
  return {
    id: "role",
    what: `the role ${names.role}`,
    about: exists ? "The role. Who may take it on stays as it is." : "The role that logs in, and who may take it on.",
    look: aws(choices, "iam", "get-role", id),
    make: exists
      ? null
      : [
          ...aws(choices, "iam", "create-role", { ...id, description: describe(choices) }),
          ...["--assume-role-policy-document", trust],
        ],
    checks: exists
      ? []
      : [
          {
            ask: "Role.Description",
            good: [describe(choices)],
            changeable: [],
            change: null,
            otherwise: rerunWith(`a role ${names.role} is there that was not made for this`, "role"),
          },
          {
            ask: askStatements("Role.AssumeRolePolicyDocument"),
            good: [filled('"$trust_told"')],
            changeable: [],
            change: null,
            otherwise: `the role ${names.role} is there, and trusts others than are asked for: name another with --role, or keep it as it is with --existing role. There is $answer; asked for is $trust_told`,
          },
        ],
    status: null,
  };
}

/** Attaching what is attached changes nothing. */
export function attachCommand(choices: Choices): Words {
  return [...aws(choices, "iam", "attach-role-policy", { "role-name": choices.names.role }), "--policy-arn", policyArn];
}
