import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";
import { CacheauthError, type Notice } from "../errors.ts";
import type { Runtime } from "../runtime.ts";
import type { Report } from "../terminal/report.ts";
import { environmentCredentials, type FoundCredentials } from "./environment-credentials.ts";
import { explainAwsError } from "./explain-aws-error.ts";
import { fromMetadata } from "./metadata-credentials.ts";
import { createMfaCodeProvider } from "./mfa.ts";
import { createRequestHandler } from "./request-handler.ts";
import { loadProfiles, profileName, requireProfile } from "./shared-files.ts";

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

interface Sdk {
  readonly words: CredentialWords;
  readonly runtime: Runtime;
  /** Passed to every client that the SDK makes. */
  readonly clientConfig: { readonly requestHandler: ReturnType<typeof createRequestHandler> };
  readonly mfaCodeProvider: (serial: string) => Promise<string>;
  readonly logger: Logger;
}

type Logger = Readonly<Record<"trace" | "debug" | "info" | "warn" | "error", (...content: unknown[]) => void>>;
type Found = Omit<FoundCredentials, "notices">;

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
  const source = settings && profileSource(settings, name);
  const session = settings?.["sso_session"];
  if (session && !Object.hasOwn(profiles, `sso-session.${session}`)) {
    throw new CacheauthError(
      "aws-file-malformed",
      `Profile ${name} names the SSO session ${session}, which is in no file.`,
      `Add it: a section [sso-session ${session}] with sso_start_url and sso_region (aws configure sso-session).`,
    );
  }
  if (source) {
    await report.verbose("profile", `Profile ${name} gets its credentials from ${source}.`);
    return fromProfile(sdk, name, source);
  }
  return fromSurroundings(sdk, report, named ? name : null);
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

async function assumeRole(sdk: Sdk, roleArn: string, base: Found): Promise<Found> {
  const { fromTemporaryCredentials } = await import("@aws-sdk/credential-providers");
  const { words, clientConfig, mfaCodeProvider, logger } = sdk;
  const provider = fromTemporaryCredentials({
    masterCredentials: identityOf(base),
    params: {
      RoleArn: roleArn,
      RoleSessionName: words.roleSessionName ?? "cacheauth",
      ...(words.externalId === undefined ? {} : { ExternalId: words.externalId }),
      ...(words.mfaSerial === undefined ? {} : { SerialNumber: words.mfaSerial }),
    },
    clientConfig: { region: words.region, ...clientConfig },
    mfaCodeProvider,
    logger,
  });
  return ask(sdk, provider, `role ${roleArn}, assumed with ${base.source}`, null);
}

/** An MFA device without a role: a session of one's own keys, for policies that ask for MFA. */
async function mfaSession(sdk: Sdk, base: Found): Promise<Found> {
  const { words, clientConfig, mfaCodeProvider } = sdk;
  const serial = words.mfaSerial;
  if (serial === undefined) return base;
  const provider = async () => {
    const { STSClient, GetSessionTokenCommand } = await import("@aws-sdk/client-sts");
    const client = new STSClient({ region: words.region, credentials: identityOf(base), ...clientConfig });
    const code = await mfaCodeProvider(serial);
    const { Credentials } = await client.send(new GetSessionTokenCommand({ SerialNumber: serial, TokenCode: code }));
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken, Expiration } = Credentials ?? {};
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      ...(SessionToken === undefined ? {} : { sessionToken: SessionToken }),
      ...(Expiration === undefined ? {} : { expiration: Expiration }),
    };
  };
  return ask(sdk, provider, `an MFA session of ${base.source}`, null);
}

async function ask(
  sdk: Sdk,
  provider: AwsCredentialIdentityProvider,
  source: string,
  profile: string | null,
): Promise<Found> {
  try {
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = await provider();
    return { accessKeyId, secretAccessKey, sessionToken, expiration, source };
  } catch (error) {
    throw explainAwsError(error, { source, profile, env: sdk.runtime.host.env });
  }
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

function identityOf({ accessKeyId, secretAccessKey, sessionToken }: Found): AwsCredentialIdentity {
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}

function checkWords({ roleArn, roleSessionName, externalId, mfaSerial }: CredentialWords): void {
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
