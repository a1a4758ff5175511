import type * as z from "zod/mini";
import { durationWord } from "../../session/duration.ts";
import { type Shell, setLine } from "../../session/shell-lines.ts";
import { word } from "../../session/usable-session.ts";
import type { Paper } from "../../terminal/report.ts";
import { table } from "../../terminal/table.ts";
import { wrap } from "../../terminal/wrap.ts";
import { inWords } from "../../token/duration.ts";
import type { genOutput, infoOutput, pingOutput, setOutput, terminateOutput } from "./output.ts";

/** What `set` wrote, and what comes next. */
export function setText(
  { profile, on, serial, durationSeconds, expiresAt }: z.infer<typeof setOutput>,
  { width }: Paper,
): string {
  const device = serial === null ? "" : ` with the MFA device ${serial}`;
  const how = `Profile ${profile}: sessions of ${durationWord(durationSeconds)}${device}, ${on ? "on" : "off"}.`;
  const next = on
    ? expiresAt === null
      ? `Next: cacheauth session gen ${word(profile)}`
      : `Its session is in use, until ${expiresAt}.`
    : `Its own keys are in use. To switch sessions on: cacheauth session set ${word(profile)} --on`;
  return `${wrap(how, width)}\n${next}\n`;
}

/** Until when, and how the AWS tools come to it. */
export function genText(isPointed: boolean, shell: Shell): (value: z.infer<typeof genOutput>, paper: Paper) => string {
  return ({ profile, expiresAt, secondsLeft, file, on }, { colour, width }) => {
    const until = `until ${expiresAt}, ${inWords(secondsLeft)} left`;
    const lines = [wrap(`MFA session of profile ${colour.bold(profile)}: ${until}.`, width)];
    if (on && !isPointed) lines.push(`For the AWS tools: ${pointer(file, shell)}`);
    return `${lines.join("\n")}\n`;
  };
}

/** In sh a plain path needs no quotes, and is easier to read without. */
function pointer(file: string, shell: Shell): string {
  const name = "AWS_SHARED_CREDENTIALS_FILE";
  return shell === "sh" ? `export ${name}=${word(file)}` : setLine(name, file, shell);
}

type Info = z.infer<typeof infoOutput>;

/** A table of the profiles, with what is left of the session of each. */
export function infoText({ profiles }: Info, { colour, width }: Paper): string {
  if (profiles.length === 0) {
    return `No profile has sessions yet.\nTo begin: cacheauth session set PROFILE --serial ARN\n`;
  }
  const rows = profiles.map((profile) => [
    profile.name,
    profile.on ? "on" : "off",
    durationWord(profile.durationSeconds),
    profile.expiresAt ?? "-",
    leftWords(profile),
    profile.serial ?? "-",
  ]);
  // Eighty columns are too few for a serial; that may run over, for it is the last.
  const text = table(["NAME", "ON", "DURATION", "EXPIRES", "LEFT", "SERIAL"], rows, Math.max(width, 120));
  const renew = profiles
    .filter(({ on, status }) => on && status !== "valid")
    .map(({ name }) => `cacheauth session gen ${word(name)}`);
  const hint = renew.length === 0 ? "" : `\n${colour.bold("to renew:")} ${renew.join("\n          ")}\n`;
  return `${text}\n${hint}`;
}

function leftWords({ status, secondsLeft }: Info["profiles"][number]): string {
  if (status === "valid") return inWords(secondsLeft ?? 0);
  return status === "expired" ? "expired" : "none made";
}

export function pingText({ running, pid, startedAt, file, madeOf }: z.infer<typeof pingOutput>): string {
  if (!running) return "No runner runs.\nTo start one: cacheauth session run --detach\n";
  return `A runner runs: process ${pid}, since ${startedAt}.\nIt keeps ${file}\nin step with ${madeOf}\n`;
}

export function terminateText({ terminated, pid }: z.infer<typeof terminateOutput>): string {
  return terminated ? `The runner, process ${pid}, has ended.\n` : "No runner ran.\n";
}
