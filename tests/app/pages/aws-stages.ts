/** Stages with AWS: a fake one, which knows the cache of the pages, or gives sessions for the code of a device. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { World } from "../../../src/judge/world.ts";
import { scriptOf } from "../../fakes/scripted-aws/of-world.ts";
import { withScriptedAws } from "../../fakes/scripted-aws/server.ts";
import { put } from "../asking.ts";
import { type Answer, stsGivingUntil, stsRefusing, withFake } from "../aws-servers.ts";
import { cleanEnv, exampleKeys, programs, run } from "../program.ts";
import type { Stage } from "./stage.ts";

/** Records, policies and who the caller is. */
export function awsStage(about: string, world: World): Stage {
  return {
    about,
    up: (_, use) => withScriptedAws(scriptOf(world), ({ url }) => use({ env: { AWS_ENDPOINT_URL: url }, instead: [] })),
  };
}

const withoutKeys = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined } as const;

/** The AWS files of a person who has the profile dev. */
function putProfiles(home: string): void {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = exampleKeys;
  put(home, {
    ".aws/credentials": `[dev]\naws_access_key_id = ${AWS_ACCESS_KEY_ID}\naws_secret_access_key = ${AWS_SECRET_ACCESS_KEY}\n`,
    ".aws/config": "[profile dev]\nregion = us-east-1\nmfa_serial = arn:aws:iam::123456789012:mfa/me\n",
  });
}

/** A session for as long as was asked for, to who has the code. */
const sessions: Answer = (asked, response) => {
  const { TokenCode: code, DurationSeconds: seconds } = asked.form;
  const answer =
    code === "123456"
      ? stsGivingUntil(() => new Date(Date.now() + Number(seconds) * 1000).toISOString())
      : stsRefusing(403, "AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code.");
  answer(asked, response);
};

export function mfaStage(about: string): Stage {
  return {
    about,
    up: (home, use) =>
      withFake(sessions, async ({ url }) => {
        putProfiles(home);
        try {
          await use({ env: { ...withoutKeys, AWS_ENDPOINT_URL_STS: url }, instead: [] });
        } finally {
          // A page need not stop the runner that it starts.
          const [program] = programs;
          const isLeft = existsSync(join(home, ".local/state/cacheauth/run/socket"));
          if (program && isLeft) await run(program, ["session", "terminate"], { env: cleanEnv(home) });
        }
      }),
  };
}
