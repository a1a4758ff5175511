import type * as z from "zod/mini";
import { hideKeys } from "../../aws/hide-keys.ts";
import { type MadeMfaSession, requestMfaSession } from "../../aws/mfa-session.ts";
import { ownKeys } from "../../aws/own-keys.ts";
import { loadProfiles } from "../../aws/shared-files.ts";
import { CacheauthError, type Notice } from "../../errors.ts";
import type { Host } from "../../runtime.ts";
import { durationWord } from "../../session/duration.ts";
import { sessionPlaces } from "../../session/places.ts";
import { mfaSerialOf } from "../../session/read-profile.ts";
import { type Session, type SessionSetting, usualDurationSeconds } from "../../session/session.ts";
import { bringInStep, type InStep, loadSessions, loadSettings } from "../../session/session-files.ts";
import { notSet, word } from "../../session/usable-session.ts";
import { inWords } from "../../token/duration.ts";
import { formatTime } from "../../token/time.ts";
import { defineCommand, type Flags } from "../command.ts";
import { shellOf } from "../shell-flag.ts";
import { ownFilesHost, readAwsFiles } from "./aws-files.ts";
import { readMfaCode, refuseBoth } from "./mfa-code.ts";
import type { genOutput } from "./output.ts";
import { profileArgument } from "./profile-argument.ts";
import { genText } from "./text.ts";

const flags = {
  code: { takes: "text", value: "CODE", about: "the code that the MFA device shows; if left out, it is asked for" },
  "mfa-command": { takes: "text", value: "COMMAND", about: "a command for the shell that prints the code" },
} as const satisfies Flags;

export const gen = defineCommand({
  name: "session gen",
  summary: "a new MFA session of a profile, made with a code of its device",
  words: ["PROFILE"],
  flags,
  refuses: ["at"],
  exits: [0, 2, 3, 70],
  examples: [
    ["the code is asked for on the terminal", "cacheauth session gen my-profile"],
    [
      "with a code that a program makes",
      "cacheauth session gen my-profile --mfa-command 'ykman oath accounts code -s aws'",
    ],
  ],
  async run(call) {
    const profile = profileArgument(call, "gen");
    const { runtime, report } = call;
    const words = { code: call.flags.code, command: call.flags["mfa-command"] };
    report.hide(words.code);
    refuseBoth(words);
    const places = sessionPlaces(runtime.host);
    const host = await ownFilesHost(runtime.host);
    const settings = await loadSettings(host, places);
    // Before a code is asked for: what cannot be kept need not be made.
    const sessions = await loadSessions(host, places);
    hideKeys(sessions, report);
    const known = settings.find((setting) => setting.profile === profile);
    const profiles = await loadProfiles(host);
    const keys = await ownKeys(profiles, profile, host);
    const serial = known?.serial ?? mfaSerialOf((await readAwsFiles(host)).texts, profile);
    if (serial === null) throw notSet(profile, settings);
    const setting = known ?? { profile, serial: null, durationSeconds: usualDurationSeconds, on: true };
    const code = await readMfaCode(words, serial, runtime);
    const request = { profile, keys, serial, durationSeconds: setting.durationSeconds, code };
    const made = await requestMfaSession(request, profiles, { ...runtime, host }, report).catch((error) => {
      throw usedTwice(error, sessions, serial, host.now()) ?? error;
    });
    const madeAt = host.now();
    const session: Session = {
      profile,
      ...{ accessKeyId: made.accessKeyId, secretAccessKey: made.secretAccessKey, sessionToken: made.sessionToken },
      ...{ madeAt, expiresAt: made.expiration, serial, ownKeyId: keys.accessKeyId },
    };
    const change = known ? { session } : { session, setting };
    const inStep = await bringInStep(host, places, () => readAwsFiles(host), change);
    const answer: z.infer<typeof genOutput> = {
      ...{ profile, on: setting.on, serial, durationSeconds: setting.durationSeconds },
      ...{ madeAt: formatTime(madeAt), expiresAt: formatTime(session.expiresAt) },
      secondsLeft: Math.max(0, Math.floor((session.expiresAt.getTime() - madeAt.getTime()) / 1_000)),
      accessKeyId: session.accessKeyId,
      file: places.shadow,
      notices: noticesOf(made, session, setting, inStep, await readAwsFiles(host)),
    };
    await report.tell(answer, genText(isPointed(runtime.host, places.shadow), shellOf(undefined, runtime.host)));
    return 0;
  },
});

/** AWS says the same of a wrong code and of one that was used before; that a session was just made tells them apart. */
function usedTwice(error: unknown, sessions: readonly Session[], serial: string, now: Date): CacheauthError | null {
  if (!(error instanceof CacheauthError) || error.code !== "mfa-code-invalid") return null;
  const last = Math.max(...sessions.filter((session) => session.serial === serial).map(({ madeAt }) => +madeAt));
  const seconds = Math.floor((now.getTime() - last) / 1_000);
  // A code lives 30 s, and AWS takes the one before and after it as well.
  if (!(seconds >= 0 && seconds < 90)) return null;
  return new CacheauthError(
    "mfa-code-invalid",
    `AWS refused the MFA code: a session was made with this device ${inWords(seconds)} ago, and each code is good once.`,
    "Wait for the device's next code.",
  );
}

function noticesOf(
  made: MadeMfaSession,
  session: Session,
  { on, durationSeconds, profile }: SessionSetting,
  { placed, madeOfBefore }: InStep,
  { credentialsPath }: { readonly credentialsPath: string },
): Notice[] {
  const notices = [...made.notices];
  const given = Math.round((session.expiresAt.getTime() - session.madeAt.getTime()) / 1_000);
  // Clocks differ a little; an hour and less for the root user (AWS STS API Reference, GetSessionToken).
  if (given < durationSeconds - 300) {
    const message = `AWS gave a session of ${inWords(Math.max(given, 0))} and not of ${durationWord(durationSeconds)}: the account's root user gets an hour at most.`;
    notices.push({ code: "session-shortened", message });
  }
  if (!on) {
    const message = `The sessions of profile ${profile} are off: this one is kept, and used after cacheauth session set ${word(profile)} --on.`;
    notices.push({ code: "session-off", message });
  } else if (!placed.some((other) => other.accessKeyId === session.accessKeyId)) {
    const message = `The keys of profile ${profile} have changed meanwhile: this session, of those before, is not used.`;
    notices.push({ code: "session-unused", message });
  }
  if (madeOfBefore !== null && madeOfBefore !== credentialsPath) {
    const message = `The shadow file was made of ${madeOfBefore}; from now on it is made of ${credentialsPath}.`;
    notices.push({ code: "session-file-source", message });
  }
  return notices;
}

/** Whether the AWS tools read the shadow file already. */
function isPointed({ env, homeDirectory }: Host, shadow: string): boolean {
  const named = env["AWS_SHARED_CREDENTIALS_FILE"];
  return named === shadow || (named?.startsWith("~/") === true && `${homeDirectory}${named.slice(1)}` === shadow);
}
