import type { Notice } from "../errors.ts";
import type { Host, Runtime } from "../runtime.ts";
import type { Report } from "../terminal/report.ts";
import { inWords } from "../token/duration.ts";
import { createSdk } from "./create-sdk.ts";
import type { OwnKeys } from "./own-keys.ts";
import { hideSecretsIn } from "./profile-secrets.ts";
import { ask } from "./sdk.ts";
import { getSessionToken } from "./session-token.ts";
import type { Profiles } from "./shared-files.ts";

export interface MfaSessionRequest {
  readonly profile: string;
  readonly keys: OwnKeys;
  readonly serial: string;
  readonly durationSeconds: number;
  readonly code: string;
}

export interface MadeMfaSession {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
  readonly notices: readonly Notice[];
}

/** Makes an MFA session of a profile's own keys. `profiles` are those of the files that the keys are from. */
export async function requestMfaSession(
  { profile, keys, serial, durationSeconds, code }: MfaSessionRequest,
  profiles: Profiles,
  runtime: Runtime,
  report: Report,
): Promise<MadeMfaSession> {
  hideSecretsIn(profiles, report);
  report.hide(code);
  const notices: Notice[] = [];
  const words = { ...noWords, region: stsRegion(runtime.host.env, keys.region, serial) };
  const sdk = createSdk(words, runtime, report, notices);
  const end = `for ${inWords(durationSeconds)}, with the MFA device ${serial}`;
  await report.verbose("sts", `Asking STS in ${words.region} for a session of profile ${profile} ${end}.`);
  const from = { accessKeyId: keys.accessKeyId, secretAccessKey: keys.secretAccessKey, source: `profile ${profile}` };
  const provider = async () => {
    const made = await getSessionToken(sdk, from, { serial, code, durationSeconds });
    notices.push(...made.notices);
    // It is kept, and must be known to end.
    if (made.expiration === undefined) throw new Error("Invalid response from STS.GetSessionToken.");
    return made;
  };
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = await ask(
    sdk,
    provider,
    `an MFA session of profile ${profile}`,
    profile,
  );
  return {
    ...{ accessKeyId, secretAccessKey, sessionToken: sessionToken ?? "" },
    expiration: expiration ?? new Date(0),
    notices,
  };
}

const noWords = {
  profile: undefined,
  roleArn: undefined,
  roleSessionName: undefined,
  externalId: undefined,
  mfaSerial: undefined,
  mfaCode: undefined,
};

/** Where STS is asked. Any region of the user's partition will do; a device's ARN tells that. */
function stsRegion(env: Host["env"], profileRegion: string | null, serial: string): string {
  const partition = /^arn:([\w-]+):/.exec(serial)?.[1] ?? "aws";
  return env["AWS_REGION"] || env["AWS_DEFAULT_REGION"] || profileRegion || partitionRegions[partition] || "us-east-1";
}

const partitionRegions: Readonly<Record<string, string>> = {
  "aws-cn": "cn-north-1",
  "aws-us-gov": "us-gov-west-1",
};
