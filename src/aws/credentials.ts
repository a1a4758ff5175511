import { CacheauthError, type Notice } from "../errors.ts";
import type { Runtime } from "../runtime.ts";
import type { Report } from "../terminal/report.ts";
import type { CredentialWords } from "./credential-words.ts";
import { environmentCredentials, type FoundCredentials } from "./environment-credentials.ts";
import { fromMetadata } from "./metadata-credentials.ts";
import { createMfaCodeProvider } from "./mfa.ts";
import { fromProfile } from "./profile-credentials.ts";
import { type ProfileSource, profileSource } from "./profile-source.ts";
import { findProfile, knownProfiles, profileName, requireProfile } from "./profiles.ts";
import { createRequestHandler } from "./request-handler.ts";
import { hideSecretsOf } from "./request-secrets.ts";
import { ask, type Found, type Sdk } from "./sdk.ts";
import { loadProfiles, type Profiles } from "./shared-files.ts";
import { assumeRole, mfaSession } from "./sts-credentials.ts";

/**
 * Credentials by way of the SDK's providers, in the order of its default chain, but one by one: the chain itself
 * answers every failure with that of its last link, the instance metadata service.
 */
export async function sdkCredentials(
  words: CredentialWords,
  runtime: Runtime,
  report: Report,
): Promise<FoundCredentials> {
  const notices: Notice[] = [];
  const sdk = createSdk(words, runtime, report, notices);
  const base = await baseCredentials(sdk, notices);
  const found = words.roleArn !== undefined ? await assumeRole(sdk, words.roleArn, base) : await mfaSession(sdk, base);
  return { ...found, notices };
}

function createSdk(words: CredentialWords, runtime: Runtime, report: Report, notices: Notice[]): Sdk {
  const warn = (...content: unknown[]) => {
    const message = content.filter((part) => typeof part === "string").join(" ");
    notices.push({ code: "aws-sdk", message: message.replace(/\s+/g, " ").trim() });
  };
  const quiet = () => {};
  const logger = { trace: quiet, debug: quiet, info: quiet, warn, error: warn };
  const { promise: awsAsked, resolve } = Promise.withResolvers<void>();
  const { env, readFile } = runtime.host;
  const requestHandler = createRequestHandler({
    env,
    readFile,
    logger,
    onRequest(request) {
      hideSecretsOf(request, report);
      resolve();
    },
  });
  const mfaCodeProvider = createMfaCodeProvider(words.mfaCode, runtime.io, report);
  return { words, runtime, report, clientConfig: { requestHandler }, awsAsked, mfaCodeProvider, logger };
}

async function baseCredentials(sdk: Sdk, notices: Notice[]): Promise<Found> {
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
  const profiles = await loadProfiles(host);
  hideSecretsIn(profiles, report);
  if (named) await requireProfile(profiles, name, host);
  const source = findProfile(profiles, name) ? await profileSource(profiles, name, host) : null;
  checkMfaCode(words, name, source, findProfile(profiles, name)?.["mfa_serial"]);
  if (source) {
    await report.verbose("profile", `Taking the credentials of ${source.says}.`);
    return fromProfile(sdk, name, source);
  }
  return fromSurroundings(sdk, named ? name : null, knownProfiles(profiles));
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

/** All that the files hold, before anything is asked: whoever answers may repeat it. */
function hideSecretsIn(profiles: Profiles, report: Report): void {
  for (const settings of Object.values(profiles)) {
    report.hide(settings["aws_secret_access_key"]);
    report.hide(settings["aws_session_token"]);
    for (const [, value] of (settings["credential_process"] ?? "").matchAll(secretArgument)) report.hide(value);
  }
}

/** `--password VALUE`, `TOKEN=VALUE` and the like in a command line: the command may repeat it when it fails. */
const secretArgument = /(?:secret|token|pass\w*|pin|code|key)[= ]+["']?([^\s"']+)/gi;
