import type { Notice } from "../../errors.ts";
import { type Choices, makesSubnetGroup, needsDefaultUser } from "../../setup/choices.ts";
import { script } from "../../setup/script/script.ts";
import { type ShownStep, scriptSteps } from "../../setup/script/shown-steps.ts";
import { byHand, templateSteps } from "../../setup/templates/by-hand.ts";
import { cloudFormation } from "../../setup/templates/cloudformation.ts";
import { terraform } from "../../setup/templates/terraform.ts";
import type { Target } from "../../target/kinds.ts";
import { Lines } from "../../terminal/lines.ts";
import { defineCommand } from "../command.ts";
import { setupFlags } from "./flags.ts";
import { readChoices } from "./read-choices.ts";
import { conflict, type Format, readFormat } from "./values.ts";

export const setup = defineCommand({
  name: "setup",
  summary: "a script or template that makes cache, user, group, role and policy; nothing is run",
  words: ["ENDPOINT"],
  flags: setupFlags,
  refuses: ["at"],
  exits: [0, 2, 3, 70],
  examples: [
    [
      "all of it, as a script for sh that asks AWS for the account itself",
      "cacheauth setup --replication-group-id my-cache -r us-east-1 -u my-user",
    ],
    [
      "a user and its role for a cache that is there, as Terraform",
      "cacheauth setup master.my-cache.abc123.use1.cache.amazonaws.com -u my-user --existing cache,group --group my-users --trust-service ecs-tasks.amazonaws.com --format terraform",
    ],
  ],
  async run(call) {
    const { report, flags } = call;
    if (call.at !== undefined) throw conflict("--at", "nothing of it depends on the time");
    const format = readFormat(flags.format);
    const { choices, notices } = await readChoices(call);
    const answer = {
      setup: new Lines(textOf[format](choices)),
      format,
      target: choices.target,
      user: choices.user,
      accountId: choices.accountId,
      engine: choices.engine,
      names: shownNames(choices),
      existing: choices.existing,
      steps: stepsOf(choices, format).map(({ about, command }) => ({ about, command: new Lines(command) })),
      notices: [...notices, ...warnings(choices, format)],
    };
    await report.answer(answer, ({ setup }) => setup.text);
    return 0;
  },
});

const textOf: Readonly<Record<Format, (choices: Choices) => string>> = {
  sh: script,
  terraform,
  cloudformation: cloudFormation,
};

function stepsOf(choices: Choices, format: Format): readonly ShownStep[] {
  return format === "sh" ? scriptSteps(choices) : templateSteps(choices, format);
}

/** Those that are used. */
function shownNames(choices: Choices): object {
  const { names } = choices;
  return {
    ...names,
    defaultUser: needsDefaultUser(choices) ? names.defaultUser : null,
    subnetGroup: makesSubnetGroup(choices) ? names.subnetGroup : choices.network.subnetGroup,
  };
}

function warnings(choices: Choices & { readonly target: Target }, format: Format): Notice[] {
  const { target, existing, names } = choices;
  const notices: Notice[] = [];
  const exists = existing.includes("cache");
  if (target.endpoint !== null && !exists) {
    notices.push({
      code: "cache-exists",
      message: `A cache that has an endpoint exists: with --existing cache, ${target.name} gets the user group rather than being made.`,
    });
  }
  if (exists && !existing.includes("group")) {
    notices.push({
      code: "others-locked-out",
      message: `Once ${target.name} has the group ${names.group}, who logs in without a user, or as one that is not in it, is locked out.`,
    });
  }
  if (format !== "sh" && byHand(choices, format).length > 0) {
    notices.push({
      code: "by-hand",
      message: "A template changes only what it has made: the commands that are left to do stand at its top.",
    });
  }
  return notices;
}
