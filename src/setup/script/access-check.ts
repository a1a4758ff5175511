import { accessForms } from "../access-forms.ts";
import { type Choices, openAccess } from "../choices.ts";
import { insideDouble } from "./shell-words.ts";
import type { Step } from "./step.ts";

/** That a user who is there already, and was not said to be, may do what is asked for and no more. */
export function accessChecks({ user, access, existing }: Choices): Step["checks"] {
  if (existing.includes("user")) return [];
  const asked = access ?? openAccess;
  return [
    {
      ask: "Users[0].AccessString",
      good: accessForms(asked),
      changeable: [],
      change: null,
      otherwise: `the user ${user} is there, and may do '$answer'; asked for is '${insideDouble(asked)}': run cacheauth setup with --existing user, and with --access if that is to be set`,
    },
  ];
}
