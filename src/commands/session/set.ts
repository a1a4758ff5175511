import type * as z from "zod/mini";
import { isMfaSerial } from "../../aws/credential-words.ts";
import { ownKeys } from "../../aws/own-keys.ts";
import { loadProfiles } from "../../aws/shared-files.ts";
import { CacheauthError } from "../../errors.ts";
import { parseDuration } from "../../session/duration.ts";
import { sessionPlaces } from "../../session/places.ts";
import { mfaSerialOf } from "../../session/read-profile.ts";
import { type SessionSetting, usualDurationSeconds } from "../../session/session.ts";
import { bringInStep, loadSettings } from "../../session/session-files.ts";
import { stateOf } from "../../session/usable-session.ts";
import { formatTime } from "../../token/time.ts";
import { type Call, defineCommand, type Flags } from "../command.ts";
import { ownFilesHost, readAwsFiles } from "./aws-files.ts";
import type { setOutput } from "./output.ts";
import { profileArgument } from "./profile-argument.ts";
import { setText } from "./text.ts";

const flags = {
  serial: {
    takes: "text",
    value: "ARN",
    about: "the MFA device; if left out, the mfa_serial of the profile, or of the roles that its keys assume",
  },
  duration: { takes: "text", value: "TIME", about: "how long its sessions live: 15m to 36h; 12h if left out" },
  on: { takes: "switch", about: "use its sessions in the place of its own keys (so it is at first)" },
  off: { takes: "switch", about: "use its own keys; a session is kept for when they are on again" },
} as const satisfies Flags;

export const set = defineCommand({
  name: "session set",
  summary: "how a profile's sessions are made, and whether they are used",
  words: ["PROFILE"],
  flags,
  refuses: ["at"],
  exits: [0, 2, 3, 70],
  examples: [
    [
      "sessions of twelve hours, with this device",
      "cacheauth session set my-profile --serial arn:aws:iam::123456789012:mfa/me",
    ],
    ["the profile's own keys again, for a while", "cacheauth session set my-profile --off"],
  ],
  async run(call) {
    const profile = profileArgument(call, "set");
    const { runtime, report } = call;
    checkFlags(call);
    const places = sessionPlaces(runtime.host);
    const host = await ownFilesHost(runtime.host);
    const before = (await loadSettings(host, places)).find((setting) => setting.profile === profile);
    const setting = settingOf(call, profile, before);
    const device = setting.on || !before ? await deviceOf(setting, host) : setting.serial;
    const { settings, placed } = await bringInStep(host, places, () => readAwsFiles(host), { setting });
    const { on, durationSeconds } = settings.find((other) => other.profile === profile) ?? setting;
    const session = placed.find((session) => session.profile === profile) ?? null;
    const expiresAt =
      session && stateOf(session, runtime.host.now()) === "valid" ? formatTime(session.expiresAt) : null;
    const answer = { profile, on, serial: device, durationSeconds, expiresAt, file: places.shadow, notices: [] };
    await report.tell<z.infer<typeof setOutput>>(answer, setText);
    return 0;
  },
});

type SetCall = Call<typeof flags>;

function checkFlags({ flags }: SetCall): void {
  if (flags.on && flags.off) {
    throw new CacheauthError("flag-conflict", "--on and --off contradict each other.", "Keep one of them.");
  }
  const { serial } = flags;
  if (serial === undefined || (isMfaSerial(serial) && !/:iam:.*:(?:user|u2f)\//.test(serial))) return;
  throw new CacheauthError(
    "flag-value-invalid",
    /:user\//.test(serial)
      ? "--serial is the ARN of a user, not of an MFA device."
      : /:u2f\//.test(serial)
        ? "--serial is a security key or passkey: those give no codes, which sessions are made with."
        : "--serial is not the serial of an MFA device.",
    "It looks like arn:aws:iam::123456789012:mfa/NAME, or is a hardware device's serial number; aws iam list-mfa-devices shows yours.",
  );
}

function settingOf({ flags }: SetCall, profile: string, before: SessionSetting | undefined): SessionSetting {
  return {
    profile,
    serial: flags.serial ?? before?.serial ?? null,
    durationSeconds:
      flags.duration === undefined ? (before?.durationSeconds ?? usualDurationSeconds) : parseDuration(flags.duration),
    on: flags.on || (!flags.off && (before?.on ?? true)),
  };
}

/** The device that its sessions will be made with; refuses a profile that AWS gives none for. */
async function deviceOf({ profile, serial }: SessionSetting, host: SetCall["runtime"]["host"]): Promise<string> {
  await ownKeys(await loadProfiles(host), profile, host);
  const device = serial ?? mfaSerialOf((await readAwsFiles(host)).texts, profile);
  if (device !== null) return device;
  throw new CacheauthError(
    "mfa-serial-missing",
    `No MFA device: neither --serial names one, nor has profile ${profile} an mfa_serial.`,
    "Pass --serial ARN; aws iam list-mfa-devices shows your devices.",
  );
}
