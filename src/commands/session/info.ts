import type * as z from "zod/mini";
import { sessionPlaces } from "../../session/places.ts";
import { mfaSerialOf } from "../../session/read-profile.ts";
import { loadSessions, loadSettings } from "../../session/session-files.ts";
import { notSet, sessionOf, stateOf } from "../../session/usable-session.ts";
import { formatTime } from "../../token/time.ts";
import { defineCommand } from "../command.ts";
import { ownFilesHost, readAwsFiles } from "./aws-files.ts";
import type { infoOutput } from "./output.ts";
import { refuseAt } from "./profile-argument.ts";
import { infoText } from "./text.ts";

type Info = z.infer<typeof infoOutput>;

export const info = defineCommand({
  name: "session info",
  summary: "the profiles that have sessions, and what is left of each",
  words: ["PROFILE"],
  flags: {},
  refuses: ["at"],
  exits: [0, 2, 3, 70],
  examples: [
    ["all of them", "cacheauth session info"],
    [
      "the seconds that are left, for a script",
      "cacheauth session info my-profile --json | jq '.profiles[0].secondsLeft'",
    ],
  ],
  async run({ runtime, report, words, at }) {
    refuseAt(at);
    const places = sessionPlaces(runtime.host);
    const host = await ownFilesHost(runtime.host);
    const [profile] = words;
    const all = await loadSettings(host, places);
    const settings = profile === undefined ? all : all.filter((setting) => setting.profile === profile);
    if (profile !== undefined && settings.length === 0) throw notSet(profile, all);
    const sessions = await loadSessions(host, places);
    const { texts } = await readAwsFiles(host);
    const now = host.now();
    const profiles = settings.map(({ profile, on, serial, durationSeconds }): Info["profiles"][number] => {
      const session = sessionOf(profile, sessions, texts);
      return {
        ...{ name: profile, on, durationSeconds },
        serial: serial ?? mfaSerialOf(texts, profile),
        status: stateOf(session, now),
        madeAt: session && formatTime(session.madeAt),
        expiresAt: session && formatTime(session.expiresAt),
        secondsLeft: session && Math.max(0, Math.floor((session.expiresAt.getTime() - now.getTime()) / 1_000)),
        accessKeyId: session?.accessKeyId ?? null,
      };
    });
    await report.tell<Info>({ file: places.shadow, profiles, notices: [] }, infoText);
    return 0;
  },
});
