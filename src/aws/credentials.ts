import { CacheauthError, type Notice } from "../errors.ts";
import type { Runtime } from "../runtime.ts";
import type { Report } from "../terminal/report.ts";
import { type CredentialWords, checkWords } from "./credential-words.ts";
import { environmentCredentials, type FoundCredentials } from "./environment-credentials.ts";
import { fromMetadata } from "./metadata-credentials.ts";
import { createMfaCodeProvider } from "./mfa.ts";
import { createRequestHandler } from "./request-handler.ts";
import { ask, type Found, type Sdk } from "./sdk.ts";
import { loadProfiles, type Profiles, profileName, requireProfile } from "./shared-files.ts";
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
  checkWords(words);
  const notices: Notice[] = [];
  const warn = (...content: unknown[]) => {
    const message = content.filter((part) => typeof part === "string").join(" ");
    notices.push({ code: "aws-sdk", message: message.replace(/\s+/g, " ").trim() });
  };
  const quiet = () => {};
  const { env } = runtime.host;
  const sdk: Sdk = {
    words,
    runtime,
    clientConfig: {
      requestHandler: createRequestHandler({ env, readFile: await readerOf(runtime.host, env["AWS_CA_BUNDLE"]) }),
    },
    mfaCodeProvider: createMfaCodeProvider(words.mfaCode, runtime.io),
    logger: { trace: quiet, debug: quiet, info: quiet, warn, error: warn },
  };
  const base = await baseCredentials(sdk, report, notices);
  const found = words.roleArn !== undefined ? await assumeRole(sdk, words.roleArn, base) : await mfaSession(sdk, base);
  return { ...found, notices };
}

async function baseCredentials(sdk: Sdk, report: Report, notices: Notice[]): Promise<Found> {
  const { words, runtime } = sdk;
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
  const settings = named
    ? requireProfile(profiles, name, host)
    : Object.hasOwn(profiles, name)
      ? profiles[name]
      : undefined;
  if (settings) checkProfile(profiles, settings, name);
  const source = settings && profileSource(settings, name);
  if (source) {
    await report.verbose("profile", `Profile ${name} gets its credentials from ${source}.`);
    return fromProfile(sdk, name, source);
  }
  return fromSurroundings(sdk, report, named ? name : null);
}

/** What the SDK would answer with words of its own: half a pair of keys, an SSO session that is not there. */
function checkProfile(profiles: Profiles, settings: Profiles[string], name: string): void {
  const { aws_access_key_id, aws_secret_access_key, sso_session } = settings;
  if (Boolean(aws_access_key_id) !== Boolean(aws_secret_access_key)) {
    const gone = aws_access_key_id ? "aws_secret_access_key" : "aws_access_key_id";
    throw new CacheauthError("credentials-malformed", `Profile ${name} has no ${gone}.`, "Set both keys, or neither.");
  }
  if (sso_session && !Object.hasOwn(profiles, `sso-session.${sso_session}`)) {
    throw new CacheauthError(
      "aws-file-malformed",
      `Profile ${name} names the SSO session ${sso_session}, which is in no file.`,
      `Add it: a section [sso-session ${sso_session}] with sso_start_url and sso_region (aws configure sso-session).`,
    );
  }
}

/** What in the profile yields credentials, in the order in which the SDK looks; null where nothing does. */
function profileSource(settings: Readonly<Record<string, string | undefined>>, name: string): string | null {
  const { role_arn, source_profile, credential_source, aws_access_key_id, web_identity_token_file } = settings;
  if (role_arn && (source_profile || credential_source)) return `role ${role_arn} of profile ${name}`;
  if (aws_access_key_id || settings["aws_secret_access_key"]) return `profile ${name}`;
  if (web_identity_token_file) return `the web identity of profile ${name}`;
  if (settings["credential_process"]) return `credential_process of profile ${name}`;
  if (settings["sso_session"] || settings["sso_start_url"]) return `SSO of profile ${name}`;
  if (settings["login_session"]) return `the console login of profile ${name}`;
  return null;
}

async function fromProfile(sdk: Sdk, profile: string, source: string): Promise<Found> {
  const { fromIni } = await import("@aws-sdk/credential-providers");
  const { words, clientConfig, mfaCodeProvider, logger } = sdk;
  // Not clientConfig: a region there would also be taken for that of SSO, which the profile names.
  const parentClientConfig = { region: words.region, ...clientConfig };
  const provider = fromIni({ profile, ignoreCache: true, clientConfig, parentClientConfig, mfaCodeProvider, logger });
  return ask(sdk, provider, source, profile);
}

/** What a container, a pod or a machine brings along, when no profile yields credentials. */
async function fromSurroundings(sdk: Sdk, report: Report, profile: string | null): Promise<Found> {
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
  return fromMetadata(runtime.host, logger, report, profile);
}

/** The CA bundle, read ahead: the request handler is made in one go. */
async function readerOf(host: Runtime["host"], path: string | undefined): Promise<() => Uint8Array> {
  try {
    const bytes = path ? await host.readFile(path) : new Uint8Array();
    return () => bytes;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
