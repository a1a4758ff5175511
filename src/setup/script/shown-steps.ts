import type { Choices } from "../choices.ts";
import { attachCommand } from "./iam.ts";
import { askAccount, documentsText } from "./script.ts";
import { oneLine } from "./shell-words.ts";
import { stepsOf } from "./steps.ts";

/** A step as it is told of: what it is for, and the command that does it. */
export interface ShownStep {
  readonly about: string;
  readonly command: string;
}

/** What the script does where nothing is in its way, for a shell, in its order. */
export function scriptSteps(choices: Choices): readonly ShownStep[] {
  const steps = stepsOf(choices).flatMap(({ about, make, checks }): ShownStep[] => {
    const words = make ?? checks.find(({ change }) => change !== null)?.change ?? null;
    return words === null ? [] : [{ about, command: oneLine(words) }];
  });
  return [
    { about: "The account that these credentials belong to.", command: askAccount(choices) },
    { about: "The policies, which later commands name as variables.", command: documentsText(choices) },
    ...steps,
    { about: "The role gets the policy.", command: oneLine(attachCommand(choices)) },
  ];
}
