import { CacheauthError } from "../errors.ts";

/** What the flags say about credentials; absent is undefined. `region` is where STS is asked. */
export interface CredentialWords {
  readonly profile: string | undefined;
  readonly roleArn: string | undefined;
  readonly roleSessionName: string | undefined;
  readonly externalId: string | undefined;
  readonly mfaSerial: string | undefined;
  readonly mfaCode: string | undefined;
  readonly region: string;
}

/** Refuses what AWS would refuse only after a round trip, and flags that do nothing without another. */
export function checkWords(words: CredentialWords, env: Readonly<Record<string, string | undefined>>): void {
  const { profile, roleArn, roleSessionName, externalId, mfaSerial, mfaCode } = words;
  const alone = (flag: string, other: string): CacheauthError =>
    new CacheauthError(
      "flag-conflict",
      `--${flag} goes with ${other}, which is not given.`,
      `Give that too, or drop --${flag}.`,
    );
  if (roleArn === undefined && roleSessionName !== undefined) throw alone("role-session-name", "--role-arn");
  if (roleArn === undefined && externalId !== undefined) throw alone("external-id", "--role-arn");
  if (mfaCode !== undefined && !mfaSerial && !profile && !env["AWS_PROFILE"]) {
    throw alone("mfa-code", "--mfa-serial, or a profile that has mfa_serial");
  }
  const malformed = (flag: string, is: string, hint: string): CacheauthError =>
    new CacheauthError("flag-value-invalid", `--${flag} is not ${is}.`, hint);
  if (roleArn !== undefined && !isRoleArn(roleArn)) {
    throw malformed("role-arn", "the ARN of a role", "It looks like arn:aws:iam::123456789012:role/NAME.");
  }
  if (mfaSerial !== undefined && !isMfaSerial(mfaSerial)) {
    throw malformed(
      "mfa-serial",
      "the serial of an MFA device",
      "It looks like arn:aws:iam::123456789012:mfa/NAME, or is a hardware device's serial number.",
    );
  }
  if (roleSessionName !== undefined && !/^[\w+=,.@-]{2,64}$/.test(roleSessionName)) {
    throw malformed("role-session-name", "the name of a session", "It has 2 to 64 letters, digits and + = , . @ _ -.");
  }
}

/** Path and name of a role have at most 512 and 64 characters; an ARN at most 2048. */
export function isRoleArn(text: string): boolean {
  return text.length <= 600 && /^arn:[\w-]+:iam::\d{12}:role\/[\x21-\x7e]+$/.test(text);
}

export function isMfaSerial(text: string): boolean {
  return /^[\w+=/:,.@-]{9,256}$/.test(text);
}
