import { CacheauthError } from "../errors.ts";
import type { Host } from "../runtime.ts";
import type { Report } from "../terminal/report.ts";
import type { Found, Logger } from "./sdk.ts";

/** Longer than this nobody waits for a service on the same machine; off AWS its address leads nowhere. */
const limitMs = 2_000;

/** The end of the chain: the container's metadata service, else the instance's, else there are no credentials. */
export async function fromMetadata(
  host: Host,
  logger: Logger,
  report: Report,
  profile: string | null,
  known: string,
): Promise<Found> {
  const { env } = host;
  if (env["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] || env["AWS_CONTAINER_CREDENTIALS_FULL_URI"]) {
    return fromContainer(logger);
  }
  const disabled = env["AWS_EC2_METADATA_DISABLED"];
  if (disabled && disabled.toLowerCase() !== "false")
    throw noCredentials(profile, known, "AWS_EC2_METADATA_DISABLED is set");
  await report.verbose("metadata", "Nothing else has credentials: asking the instance's metadata service.");
  return fromInstance(env, logger, profile, known);
}

async function fromContainer(logger: Logger): Promise<Found> {
  const source = "the container's metadata service";
  const remedy =
    "See whether AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or _FULL_URI is right, and whether the task or pod has a role.";
  try {
    const { fromHttp } = await import("@aws-sdk/credential-providers");
    return { ...(await withinLimit(fromHttp({ timeout: 1_000, maxRetries: 0, logger })())), source };
  } catch (error) {
    throw new CacheauthError("metadata-unreachable", `${failure(error)} from ${source}.`, remedy);
  }
}

async function fromInstance(env: Host["env"], logger: Logger, profile: string | null, known: string): Promise<Found> {
  const source = "the instance's metadata service";
  try {
    const { fromInstanceMetadata } = await import("@aws-sdk/credential-providers");
    return { ...(await withinLimit(fromInstanceMetadata({ timeout: 900, maxRetries: 0, logger })())), source };
  } catch (error) {
    const why = failure(error);
    if (!env["AWS_EC2_METADATA_SERVICE_ENDPOINT"] && !(error as { statusCode?: number }).statusCode) {
      throw noCredentials(profile, known, "the instance's metadata service did not answer");
    }
    throw new CacheauthError(
      "metadata-unreachable",
      `${why} from ${source}.`,
      "See whether the instance has a role (instance profile), and AWS_EC2_METADATA_SERVICE_ENDPOINT if it is set.",
    );
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

/** Without the SDK's own words, which differ between versions, but with the status where there is one. */
function failure(error: unknown): string {
  const { statusCode, message = "" } = error as { statusCode?: number; message?: string };
  const status = statusCode ?? /HTTP status[: ]+(\d{3})|status[: ]+(\d{3})/i.exec(message)?.slice(1).find(Boolean);
  if (status !== undefined) return `Answer ${status} instead of credentials`;
  if (/not valid|invalid|did not contain|missing|JSON|unexpected/i.test(message))
    return "An answer without credentials in it";
  return "No answer";
}

async function withinLimit<T>(promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), limitMs);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}
