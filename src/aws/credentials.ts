import { CacheauthError, type Notice } from "../errors.ts";
import type { Runtime } from "../runtime.ts";
import type { Report } from "../terminal/report.ts";
import { createSdk } from "./create-sdk.ts";
import type { CredentialWords } from "./credential-words.ts";
import { environmentCredentials, type FoundCredentials } from "./environment-credentials.ts";
import { fromMetadata } from "./metadata-credentials.ts";
import { fromProfile } from "./profile-credentials.ts";
import { hideSecretsIn } from "./profile-secrets.ts";
import { keyProfile, type ProfileSource, profileSource } from "./profile-source.ts";
import { findProfile, knownProfiles, profileName, requireProfile } from "./profiles.ts";
import { ask, type Found, type Sdk } from "./sdk.ts";
import { loadProfiles } from "./shared-files.ts";
import type { StoredSessions } from "./stored-sessions.ts";
import { assumeRole, mfaSession } from "./sts-credentials.ts";

/**
 * Credentials by way of the SDK's providers, in the order of its default chain, but one by one: the chain itself
 * answers every failure with that of its last link, the instance metadata service. MFA sessions that were made before take
 * the place of the keys that they are of, unless an MFA device is named: that asks for a new one.
 */
export async function sdkCredentials(
  words: CredentialWords,
  runtime: Runtime,
  report: Report,
  stored: StoredSessions | null,
): Promise<FoundCredentials> {
  const notices: Notice[] = [];
  const sdk = createSdk(words, runtime, report, notices);
  const base = await baseCredentials(sdk, words.mfaSerial === undefined ? stored : null, notices);
  const found = words.roleArn !== undefined ? await assumeRole(sdk, words.roleArn, base) : await mfaSession(sdk, base);
  return { ...found, notices };
}

async function baseCredentials(sdk: Sdk, stored: StoredSessions | null, notices: Notice[]): Promise<Found> {
  const { words, runtime, report } = sdk;
  const { host } = runtime;
  const { name, named } = profileName(host, words.profile);
  if (!named) {
    const found = environmentCredentials(host.env);
    if (found) {
      notices.push(...found.notices);
      return found;
    }
  } else if (host.env["AWS_ACCESS_KEY_ID"] && host.env["AWS_SECRET_ACCESS_KEY"]) {
    const by = words.profile === undefined ? "AWS_PROFILE" : "--profile";
    notices.push({
      code: "profile-wins",
      message: `Both keys in the environment and ${by} are set; profile ${name} wins (with AWS_PROFILE the AWS CLI would take the keys).`,
    });
  }
  const profiles = await loadProfiles(host, stored?.place);
  hideSecretsIn(profiles, report);
  if (named) await requireProfile(profiles, name, host);
  const source = findProfile(profiles, name) ? await profileSource(profiles, name, host) : null;
  const signer = keyProfile(profiles, name);
  const session = (source && stored?.use(signer)) ?? null;
  if (session && signer === name && words.mfaCode !== undefined) throw codeForSession(name);
  checkMfaCode(words, name, source, findProfile(profiles, name)?.["mfa_serial"]);
  if (session?.notice) notices.push(session.notice);
  if (source && session?.expiration) {
    const says = signer === name ? `the MFA session of ${source.says}` : source.says;
    const by = signer === name ? "" : `, assumed with the MFA session of profile ${signer}`;
    await report.verbose("profile", `Taking the credentials of ${says}${by}.`);
    const found = await fromProfile(sdk, name, { ...source, says });
    // The files have no place for when it ends.
    return signer === name ? { ...found, expiration: session.expiration } : found;
  }
  if (source) {
    await report.verbose("profile", `Taking the credentials of ${source.says}.`);
    return fromProfile(sdk, name, source);
  }
  return fromSurroundings(sdk, named ? name : null, knownProfiles(profiles));
}

function codeForSession(name: string): CacheauthError {
  return new CacheauthError(
    "flag-conflict",
    `--mfa-code does nothing: profile ${name} has an MFA session, and that is used.`,
    `Drop --mfa-code; it renews the session with cacheauth session gen ${name} --code CODE.`,
  );
}

/** A code that nothing asks for would be thrown away in silence. */
function checkMfaCode(
  { mfaCode, mfaSerial }: CredentialWords,
  name: string,
  source: ProfileSource | null,
  serial: string | undefined,
): void {
  if (mfaCode === undefined || mfaSerial !== undefined || (source !== null && source.serials.length > 0)) return;
  throw new CacheauthError(
    "flag-conflict",
    serial === undefined
      ? `--mfa-code does nothing: profile ${name} has no mfa_serial.`
      : `--mfa-code does nothing: the mfa_serial of profile ${name} belongs to a role, and it assumes none.`,
    `Drop --mfa-code, or name the device with --mfa-serial${serial === undefined ? "" : ` ${serial}`}.`,
  );
}

/** What a container, a pod or a machine brings along, when no profile yields credentials. */
async function fromSurroundings(sdk: Sdk, profile: string | null, known: string): Promise<Found> {
  const { words, runtime, clientConfig, logger } = sdk;
  const { env } = runtime.host;
  if (env["AWS_WEB_IDENTITY_TOKEN_FILE"] && env["AWS_ROLE_ARN"]) {
    const { fromTokenFile } = await import("@aws-sdk/credential-providers");
    const parentClientConfig = { region: words.region, ...clientConfig };
    const provider = fromTokenFile({
      clientConfig: { region: words.region, ...clientConfig },
      parentClientConfig,
      logger,
    });
    return ask(sdk, provider, "the web identity in AWS_WEB_IDENTITY_TOKEN_FILE", null);
  }
  return fromMetadata(sdk, profile, known);
}
