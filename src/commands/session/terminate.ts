import type * as z from "zod/mini";
import { waitForLock } from "../../session/lock.ts";
import { sessionPlaces } from "../../session/places.ts";
import { defineCommand } from "../command.ts";
import { askRunner } from "./ask-runner.ts";
import type { terminateOutput } from "./output.ts";
import { refuseAt } from "./profile-argument.ts";
import { terminateText } from "./text.ts";

export const terminate = defineCommand({
  name: "session terminate",
  summary: "the end of session run, also of a detached one",
  words: [],
  flags: {},
  refuses: ["at"],
  exits: [0, 2, 4, 70],
  examples: [
    ["it is over when this returns; the shadow file stays", "cacheauth session terminate"],
    ["for a program: whether there was one", "cacheauth session terminate --json"],
  ],
  async run({ runtime, report, at }) {
    refuseAt(at);
    const places = sessionPlaces(runtime.host);
    const facts = await askRunner("terminate", places, runtime);
    // The last thing that it gives back.
    if (facts) await (await waitForLock(runtime.host, places.runnerLock))();
    const answer: z.infer<typeof terminateOutput> = {
      ...{ terminated: facts !== null, pid: facts?.pid ?? null },
      notices: [],
    };
    await report.tell(answer, terminateText);
    return 0;
  },
});
