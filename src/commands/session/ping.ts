import type * as z from "zod/mini";
import { sessionPlaces } from "../../session/places.ts";
import { defineCommand } from "../command.ts";
import { askRunner } from "./ask-runner.ts";
import type { pingOutput } from "./output.ts";
import { refuseAt } from "./profile-argument.ts";
import { pingText } from "./text.ts";

export const ping = defineCommand({
  name: "session ping",
  summary: "whether session run is running, and which file it keeps",
  words: [],
  flags: {},
  refuses: ["at"],
  exits: [0, 1, 2, 4, 70],
  examples: [
    ["it ends with 1 where none runs", "cacheauth session ping || cacheauth session run --detach"],
    ["for a program: since when, and of which file", "cacheauth session ping --json"],
  ],
  async run({ runtime, report, at }) {
    refuseAt(at);
    const facts = await askRunner("ping", sessionPlaces(runtime.host), runtime);
    const nothing = { pid: null, startedAt: null, file: null, madeOf: null };
    const answer: z.infer<typeof pingOutput> = { running: facts !== null, ...(facts ?? nothing), notices: [] };
    await report.tell(answer, pingText);
    return facts === null ? 1 : 0;
  },
});
