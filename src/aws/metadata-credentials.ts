import { CacheauthError, shown } from "../errors.ts";
import type { Host } from "../runtime.ts";
import { hideKeys } from "./hide-keys.ts";
import type { Found, Sdk } from "./sdk.ts";

/** The two metadata services: the container's, which is also EKS Pod Identity's, and the machine's. */
export type Metadata = "container" | "instance";

/** Longer than this nobody waits for a service on the same machine; off AWS its address leads nowhere. */
const limitMs = 1_500;

/**
 * No limit of the SDK's: it does not end the request, but writes to the console. Ours does end it. Nor does it try
 * again: a service on the same machine is there or is not.
 */
export const containerOptions = { timeout: 0, maxRetries: 0 };

/** Half of ours: the SDK falls back to version 1 of the service when version 2 is silent. */
const instanceOptions = { timeout: 700, maxRetries: 0 };

/** The end of the chain: the container's metadata service, else the instance's, else there are no credentials. */
export async function fromMetadata(sdk: Sdk, profile: string | null, known: string): Promise<Found> {
  const { env } = sdk.runtime.host;
  if (env["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] || env["AWS_CONTAINER_CREDENTIALS_FULL_URI"]) {
    return fromContainer(sdk);
  }
  const disabled = env["AWS_EC2_METADATA_DISABLED"];
  if (disabled && disabled.toLowerCase() !== "false")
    throw noCredentials(profile, known, "AWS_EC2_METADATA_DISABLED is set");
  await sdk.report.verbose("metadata", "Nothing else has credentials: asking the instance's metadata service.");
  return fromInstance(sdk, profile, known);
}

async function fromContainer({ runtime, logger, report }: Sdk): Promise<Found> {
  try {
    const { fromHttp } = await import("@aws-sdk/credential-providers");
    const found = await withinLimit(fromHttp({ ...containerOptions, logger })());
    hideKeys([found], report);
    return { ...found, source: names.container };
  } catch (error) {
    throw metadataFailure(error, "container", runtime.host.env, null);
  }
}

async function fromInstance({ runtime, logger, report }: Sdk, profile: string | null, known: string): Promise<Found> {
  const { env } = runtime.host;
  try {
    const { fromInstanceMetadata } = await import("@aws-sdk/credential-providers");
    const found = await withinLimit(fromInstanceMetadata({ ...instanceOptions, logger })());
    hideKeys([found], report);
    return { ...found, source: names.instance };
  } catch (error) {
    if (!env["AWS_EC2_METADATA_SERVICE_ENDPOINT"] && !(error as { statusCode?: number }).statusCode) {
      throw noCredentials(profile, known, "the instance's metadata service did not answer");
    }
    throw metadataFailure(error, "instance", env, null);
  }
}

function noCredentials(profile: string | null, known: string, last: string): CacheauthError {
  if (profile !== null) {
    return new CacheauthError(
      "profile-without-credentials",
      `Profile ${profile} yields no credentials (no keys, role, SSO, process or login), and ${last}.`,
      `Add them to the profile: aws configure --profile ${profile}, or aws configure sso.`,
    );
  }
  return new CacheauthError(
    "credentials-missing",
    `No AWS credentials: no keys in the environment, none in the profile named default, no web identity, no container, and ${last}.`,
    `Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile with --profile (${known}).`,
  );
}

const names: Readonly<Record<Metadata, string>> = {
  container: "the container's metadata service",
  instance: "the instance's metadata service",
};

const remedies: Readonly<Record<Metadata, string>> = {
  container:
    "See whether AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or _FULL_URI is right, and whether the task or pod has a role.",
  instance:
    "See whether the instance has a role (instance profile), and AWS_EC2_METADATA_SERVICE_ENDPOINT if it is set.",
};

/** Why a metadata service gave nothing, and for which profile, if one names it as its credential_source. */
export function metadataFailure(
  error: unknown,
  metadata: Metadata,
  env: Host["env"],
  profile: string | null,
): CacheauthError {
  const behind = profile === null ? "" : `, the credential_source behind profile ${profile},`;
  const service = `T${names[metadata].slice(1)}${behind}`;
  const why = (metadata === "container" ? settingFault(error, env) : null) ?? `${service} ${failure(error)}.`;
  return new CacheauthError("metadata-unreachable", why, remedies[metadata]);
}

/** A variable that names no service, or no file: then nothing was asked. */
function settingFault(error: unknown, env: Host["env"]): string | null {
  const { code, message = "" } = error as { code?: string; message?: string };
  const uri = env["AWS_CONTAINER_CREDENTIALS_FULL_URI"];
  const tokenFile = env["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"];
  if (tokenFile && (code === "ENOENT" || code === "EACCES" || code === "EISDIR")) {
    return `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE, ${shown(tokenFile)}, cannot be read (${code}).`;
  }
  if (env["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"]) return null;
  if (!uri) return "Neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor _FULL_URI names the container's service.";
  if (URL.parse(uri) === null) return "AWS_CONTAINER_CREDENTIALS_FULL_URI is not a URL.";
  return /not accepted/i.test(message)
    ? "AWS_CONTAINER_CREDENTIALS_FULL_URI is neither https: nor on this machine: nothing is asked there."
    : null;
}

/** What the service did, without the SDK's own words, which differ between versions, but with the status where there is one. */
function failure(error: unknown): string {
  const { statusCode, message = "" } = error as { statusCode?: number; message?: string };
  const status = statusCode ?? /HTTP status[: ]+(\d{3})|status[: ]+(\d{3})/i.exec(message)?.slice(1).find(Boolean);
  if (status !== undefined) return `answered ${status} instead of credentials`;
  if (/not valid|invalid|did not contain|missing|JSON|unexpected/i.test(message))
    return "gave an answer without credentials in it";
  return "did not answer";
}

/** Ends a wait that lasts too long, unless by then the answer that it waits for has come. */
export async function withinLimit<T>(promise: Promise<T>, answered?: Promise<void>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), limitMs);
  });
  void answered?.then(() => clearTimeout(timer));
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}
