import { type CredentialWords, checkWords } from "../aws/credential-words.ts";
import { environmentCredentials, type FoundCredentials } from "../aws/environment-credentials.ts";
import { hideKeys } from "../aws/hide-keys.ts";
import type { Runtime } from "../runtime.ts";
import type { Report } from "../terminal/report.ts";
import { formatTime } from "../token/time.ts";
import { inGroup } from "./command.ts";

/** The flags that say whose credentials sign, the same in every command. */
export const credentialFlags = inGroup("Credentials", {
  profile: { takes: "text", value: "PROFILE", about: "sign with this profile of the AWS files" },
  "role-arn": { takes: "text", value: "ARN", about: "assume this role, and sign with it" },
  "role-session-name": { takes: "text", value: "NAME", about: "what the role's session is called" },
  "external-id": { takes: "text", value: "ID", about: "what the role's trust policy asks for" },
  "mfa-serial": { takes: "text", value: "ARN", about: "the MFA device of the role, or of your own keys" },
  "mfa-code": { takes: "text", value: "CODE", about: "its code; asked for on the terminal where it is needed" },
});

export type CredentialFlagValues = Readonly<Record<keyof typeof credentialFlags, string | undefined>>;

/** Refuses flags that contradict each other, before anything is asked of AWS. */
export function credentialWords(flags: CredentialFlagValues, region: string, runtime: Runtime): CredentialWords {
  const words: CredentialWords = {
    profile: flags.profile,
    roleArn: flags["role-arn"],
    roleSessionName: flags["role-session-name"],
    externalId: flags["external-id"],
    mfaSerial: flags["mfa-serial"],
    mfaCode: flags["mfa-code"],
    region,
  };
  checkWords(words, runtime.host.env);
  return words;
}

/**
 * Keys in the environment come first and need no SDK; a profile or a role that is named comes before them. What is found
 * is kept out of every later line.
 */
export async function findCredentials(
  words: CredentialWords,
  runtime: Runtime,
  report: Report,
): Promise<FoundCredentials> {
  const { env } = runtime.host;
  const named = words.profile ?? words.roleArn ?? words.mfaSerial ?? (env["AWS_PROFILE"] || undefined);
  const found = (named === undefined ? environmentCredentials(env) : null) ?? (await bySdk(words, runtime, report));
  hideKeys([found], report);
  return found;
}

/** Only after the keys were checked: what stands where the key id belongs may have been the secret. */
export function describeCredentials({ source, accessKeyId, expiration }: FoundCredentials): string {
  const end = expiration === undefined ? "no expiry known" : `they expire at ${formatTime(expiration)}`;
  return `Credentials from ${source}, access key ${accessKeyId}, ${end}.`;
}

async function bySdk(words: CredentialWords, runtime: Runtime, report: Report): Promise<FoundCredentials> {
  const { sdkCredentials } = await import("../aws/credentials.ts");
  const { storedSessions } = await import("./stored-sessions.ts");
  return sdkCredentials(words, runtime, report, await storedSessions(runtime, report));
}
