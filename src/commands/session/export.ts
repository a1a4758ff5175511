import type * as z from "zod/mini";
import { CacheauthError, type Notice, shown } from "../../errors.ts";
import { type Shell, shellLines, shells } from "../../session/shell-lines.ts";
import { formatTime } from "../../token/time.ts";
import { defineCommand, type Flags } from "../command.ts";
import { loadSession } from "./load-session.ts";
import type { exportOutput } from "./output.ts";
import { profileArgument } from "./profile-argument.ts";

const flags = {
  shell: {
    takes: "text",
    value: "SHELL",
    about: "sh (bash, zsh and others too), fish or powershell; sh if left out, on Windows powershell",
    choices: shells,
  },
} as const satisfies Flags;

export const exportCommand = defineCommand({
  name: "session export",
  summary: "lines for your shell that put a session into its environment",
  words: ["PROFILE"],
  flags,
  refuses: ["at"],
  exits: [0, 2, 3, 70],
  examples: [
    ["in sh, bash and zsh", 'eval "$(cacheauth session export my-profile)"'],
    ["in fish", "cacheauth session export my-profile --shell fish | source"],
    ["in PowerShell", "cacheauth session export my-profile --shell powershell | Out-String | Invoke-Expression"],
  ],
  async run(call) {
    const profile = profileArgument(call, "export");
    const { runtime, report } = call;
    const { platform, env } = runtime.host;
    const shell = shellOf(call.flags.shell ?? (platform === "win32" ? "powershell" : "sh"));
    const session = await loadSession(profile, runtime, report);
    const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = session;
    const answer: z.infer<typeof exportOutput> = {
      ...{ profile, accessKeyId, secretAccessKey, sessionToken },
      expiresAt: formatTime(expiresAt),
      notices: env["AWS_PROFILE"] || env["AWS_DEFAULT_PROFILE"] ? [profileUnset] : [],
    };
    await report.answer(answer, () => shellLines(session, shell));
    return 0;
  },
});

const profileUnset: Notice = {
  code: "profile-unset",
  message:
    "AWS_PROFILE and AWS_DEFAULT_PROFILE are unset: tools would take that profile's keys; set AWS_REGION where its region was meant.",
};

function shellOf(text: string): Shell {
  const shell = shells.find((shell) => shell === text);
  if (shell) return shell;
  throw new CacheauthError("flag-value-invalid", `--shell ${shown(text)} is unknown.`, `Say ${shells.join(", ")}.`);
}
