import type { Notice } from "../errors.ts";
import type { Runtime } from "../runtime.ts";
import type { Report } from "../terminal/report.ts";
import type { CredentialWords } from "./credential-words.ts";
import { environmentCredentials, type FoundCredentials } from "./environment-credentials.ts";
import { fromMetadata } from "./metadata-credentials.ts";
import { createMfaCodeProvider } from "./mfa.ts";
import { profileSource } from "./profile-source.ts";
import { createRequestHandler } from "./request-handler.ts";
import { ask, type Found, type Sdk } from "./sdk.ts";
import { knownProfiles, loadProfiles, profileName, requireProfile } from "./shared-files.ts";
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
  if (named) await requireProfile(profiles, name, host);
  const source = Object.hasOwn(profiles, name) ? await profileSource(profiles, name, host) : null;
  if (source) {
    await report.verbose("profile", `Taking the credentials of ${source}.`);
    return fromProfile(sdk, name, source, profiles[name]?.["mfa_serial"]);
  }
  return fromSurroundings(sdk, report, named ? name : null, knownProfiles(profiles));
}

async function fromProfile(sdk: Sdk, profile: string, source: string, serial: string | undefined): Promise<Found> {
  const { fromIni } = await import("@aws-sdk/credential-providers");
  const { words, clientConfig, logger } = sdk;
  // Asked for ahead: the SDK gets the source's credentials meanwhile, and if they failed first, nobody would be
  // listening yet: an unhandled rejection, which ends the process.
  const code = serial === undefined ? undefined : await sdk.mfaCodeProvider(serial);
  const mfaCodeProvider = async (asked: string) => (asked === serial && code) || sdk.mfaCodeProvider(asked);
  // Not clientConfig: a region there would also be taken for that of SSO, which the profile names.
  const parentClientConfig = { region: words.region, ...clientConfig };
  const provider = fromIni({ profile, ignoreCache: true, clientConfig, parentClientConfig, mfaCodeProvider, logger });
  return ask(sdk, provider, source, profile);
}

/** What a container, a pod or a machine brings along, when no profile yields credentials. */
async function fromSurroundings(sdk: Sdk, report: Report, profile: string | null, known: string): Promise<Found> {
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
  return fromMetadata(runtime.host, logger, report, profile, known);
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
