import type * as z from "zod/mini";
import { formatTime } from "../../token/time.ts";
import { defineCommand } from "../command.ts";
import { loadSession } from "./load-session.ts";
import type { processOutput } from "./output.ts";
import { profileArgument } from "./profile-argument.ts";

/** The contract: https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html */
export const processCommand = defineCommand({
  name: "session process",
  summary: "a session as credential_process of the AWS files wants it",
  words: ["PROFILE"],
  flags: {},
  refuses: ["at"],
  exits: [0, 2, 3, 70],
  examples: [
    ["for the AWS tools, in the AWS config file", "credential_process = cacheauth session process my-profile"],
    ["what they see", "cacheauth session process my-profile"],
  ],
  async run(call) {
    const profile = profileArgument(call, "process");
    const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = await loadSession(
      profile,
      call.runtime,
      call.report,
    );
    const answer: z.infer<typeof processOutput> = {
      Version: 1,
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: formatTime(expiresAt),
    };
    await call.runtime.io.stdout(`${JSON.stringify(answer)}\n`);
    return 0;
  },
});
