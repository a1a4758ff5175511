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
export function checkWords({ roleArn, roleSessionName, externalId, mfaSerial }: CredentialWords): void {
  const lone =
    roleArn === undefined &&
    (roleSessionName !== undefined ? "role-session-name" : externalId !== undefined ? "external-id" : null);
  if (lone) {
    throw new CacheauthError(
      "flag-conflict",
      `--${lone} goes with --role-arn, which is not given.`,
      `Give --role-arn ARN, or leave --${lone}.`,
    );
  }
  if (roleArn !== undefined && !/^arn:[\w-]+:iam::\d{12}:role\/[\x21-\x7e]+$/.test(roleArn)) {
    throw new CacheauthError(
      "flag-value-invalid",
      "--role-arn is not the ARN of a role.",
      "It looks like arn:aws:iam::123456789012:role/NAME.",
    );
  }
  if (mfaSerial !== undefined && !/^[\w+=/:,.@-]{9,256}$/.test(mfaSerial)) {
    throw new CacheauthError(
      "flag-value-invalid",
      "--mfa-serial is not the serial of an MFA device.",
      "It looks like arn:aws:iam::123456789012:mfa/NAME, or is a hardware device's serial number.",
    );
  }
  if (roleSessionName !== undefined && !/^[\w+=,.@-]{2,64}$/.test(roleSessionName)) {
    throw new CacheauthError(
      "flag-value-invalid",
      "--role-session-name is not the name of a session.",
      "It has 2 to 64 letters, digits and + = , . @ _ -.",
    );
  }
}
