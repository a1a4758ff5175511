import type * as z from "zod/mini";
import type { Notice } from "../../errors.ts";
import { shellLines } from "../../session/shell-lines.ts";
import { formatTime } from "../../token/time.ts";
import { defineCommand } from "../command.ts";
import { shellFlag, shellOf } from "../shell-flag.ts";
import { loadSession } from "./load-session.ts";
import type { exportOutput } from "./output.ts";
import { profileArgument } from "./profile-argument.ts";

export const exportCommand = defineCommand({
  name: "session export",
  summary: "lines for your shell that put a session into its environment",
  words: ["PROFILE"],
  flags: { shell: shellFlag },
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
    const { host } = runtime;
    const shell = shellOf(call.flags.shell, host);
    const session = await loadSession(profile, runtime, report);
    const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = session;
    const answer: z.infer<typeof exportOutput> = {
      ...{ profile, accessKeyId, secretAccessKey, sessionToken },
      expiresAt: formatTime(expiresAt),
      notices: host.env["AWS_PROFILE"] || host.env["AWS_DEFAULT_PROFILE"] ? [profileUnset] : [],
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
