import type * as z from "zod/mini";
import type { StepEvent } from "../../session/keep-in-step.ts";
import { word } from "../../session/usable-session.ts";
import type { Paper } from "../../terminal/report.ts";
import { formatTime } from "../../token/time.ts";
import type { eventOutput, runningOutput } from "./output.ts";

type Event = z.infer<typeof eventOutput>;

/** What keeps what in step with what, and how to use it. */
export function runningText({ file, madeOf, log, pid }: z.infer<typeof runningOutput>, { colour }: Paper): string {
  const lines = [
    `${colour.bold("in step:")} ${file}`,
    `with     ${madeOf}`,
    "",
    `For the AWS tools: export AWS_SHARED_CREDENTIALS_FILE=${word(file)}`,
    log === null
      ? "Ctrl-C ends it."
      : `Process ${pid} keeps it so, and writes to ${log}; cacheauth session terminate ends it.`,
  ];
  return `${lines.join("\n")}\n`;
}

/** The same for --json. */
export function eventLine(event: StepEvent, now: Date): Event {
  const time = formatTime(now);
  if (event.event === "written") {
    return { time, event: "written", profiles: event.inStep.placed.map(({ profile }) => profile), error: null };
  }
  if (event.event === "ended") return { time, event: "ended", profiles: [event.session.profile], error: null };
  const { code, message, hint } = event.error;
  return { time, event: "kept", profiles: null, error: { code, message, hint } };
}

export function eventText({ time, event, profiles, error }: Event, { colour }: Paper): string {
  const names = profiles ?? [];
  if (event === "written") {
    const sessions = names.length === 0 ? "no sessions in it" : `sessions of ${names.join(", ")} in it`;
    return `${time} written anew, with ${sessions}\n`;
  }
  if (event === "ended") {
    return `${time} ${colour.yellow("ended:")} the session of ${names.join()}; to renew it: cacheauth session gen ${word(names.join())}\n`;
  }
  if (event === "stopped") return `${time} stopped\n`;
  return `${time} ${colour.red("left as it is:")} ${error?.message}\n  ${colour.bold("fix:")} ${error?.hint}\n`;
}
