import { type Choices, closedAccess, needsDefaultUser, openAccess } from "../choices.ts";
import { accessChecks } from "./access-check.ts";
import { engineCheck } from "./engine-check.ts";
import { aws } from "./flags.ts";
import { openMemberChecks } from "./open-member-check.ts";
import { rerunWith } from "./rerun.ts";
import type { Step } from "./step.ts";

export function defaultUserStep(choices: Choices): Step {
  const id = choices.names.defaultUser;
  return {
    id: "default_user",
    what: `the user ${id}`,
    about:
      "A group of the engine redis has a user named default. This one lets nobody in; AWS's own lets everybody in.",
    look: aws(choices, "elasticache", "describe-users", { "user-id": id }),
    make: aws(choices, "elasticache", "create-user", {
      "user-id": id,
      "user-name": "default",
      engine: choices.engine,
      "authentication-mode": "Type=no-password-required",
      "access-string": closedAccess,
    }),
    checks: [
      {
        ask: "join(' ', [Users[0].UserName, to_string(starts_with(Users[0].AccessString, 'off '))])",
        good: ["default true"],
        changeable: [],
        change: null,
        otherwise: `the user ${id} is there, and is not one named default that lets nobody in: name another with --default-user`,
      },
    ],
    status: "Users[0].Status",
  };
}

export function userStep(choices: Choices): Step {
  const { user, engine, access, existing } = choices;
  const exists = existing.includes("user");
  const change = aws(choices, "elasticache", "modify-user", {
    "user-id": user,
    "authentication-mode": "Type=iam",
    "access-string": access,
  });
  return {
    id: "user",
    what: `the user ${user}`,
    about: "The user, with IAM authentication. Its id is its name, or AWS refuses it.",
    look: aws(choices, "elasticache", "describe-users", { "user-id": user }),
    make: exists
      ? null
      : aws(choices, "elasticache", "create-user", {
          "user-id": user,
          "user-name": user,
          engine,
          "authentication-mode": "Type=iam",
          "access-string": access ?? openAccess,
        }),
    checks: [
      {
        ask: "Users[0].UserName",
        good: [user],
        changeable: [],
        change: null,
        otherwise: `the user id ${user} belongs to a user of another name, which IAM authentication does not take: choose another with -u`,
      },
      {
        ask: "Users[0].Authentication.Type",
        // What it may do is said anew: AWS may tell the same in other words.
        good: exists && access !== null ? [] : ["iam"],
        changeable: exists ? ["*"] : [],
        change: exists ? change : null,
        wanted: "iam",
        otherwise: rerunWith(`the user ${user} is there without IAM authentication`, "user"),
      },
      ...accessChecks(choices),
    ],
    status: "Users[0].Status",
  };
}

export function groupStep(choices: Choices): Step {
  const { user, engine, names, existing } = choices;
  const exists = existing.includes("group");
  const what = `the user group ${names.group}`;
  const members = [...(needsDefaultUser(choices) ? [names.defaultUser] : []), user];
  return {
    id: "group",
    what,
    about: "The user group, which the cache is given: who is not in it does not get in.",
    look: aws(choices, "elasticache", "describe-user-groups", { "user-group-id": names.group }),
    make: exists
      ? null
      : aws(choices, "elasticache", "create-user-group", {
          "user-group-id": names.group,
          engine,
          "user-ids": members,
        }),
    checks: [
      ...(exists ? [engineCheck(what, "UserGroups[0].Engine", engine)] : []),
      {
        ask: `to_string(contains(UserGroups[0].UserIds, '${user}'))`,
        good: ["true"],
        changeable: exists ? ["*"] : [],
        change: exists
          ? aws(choices, "elasticache", "modify-user-group", {
              "user-group-id": names.group,
              "user-ids-to-add": user,
            })
          : null,
        wanted: "true",
        otherwise: rerunWith(`the user group ${names.group} is there without ${user}`, "group"),
      },
      ...openMemberChecks(choices, "UserGroupIds", "UserId"),
    ],
    status: "UserGroups[0].Status",
  };
}
