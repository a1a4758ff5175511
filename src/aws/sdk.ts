import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";
import type { Runtime } from "../runtime.ts";
import type { Report } from "../terminal/report.ts";
import type { CredentialWords } from "./credential-words.ts";
import type { FoundCredentials } from "./environment-credentials.ts";
import { explainAwsError } from "./explain-aws-error.ts";
import { hideKeys } from "./hide-keys.ts";
import type { createRequestHandler } from "./request-handler.ts";

/** What every provider of the SDK is handed. */
export interface Sdk {
  readonly words: CredentialWords;
  readonly runtime: Runtime;
  readonly report: Report;
  /** Passed to every client that the SDK makes. */
  readonly clientConfig: { readonly requestHandler: ReturnType<typeof createRequestHandler> };
  /** Resolves when the first request goes to AWS; metadata services are asked past the request handler. */
  readonly awsAsked: Promise<void>;
  readonly mfaCodeProvider: (serial: string) => Promise<string>;
  readonly logger: Logger;
}

export type Logger = Readonly<Record<"trace" | "debug" | "info" | "warn" | "error", (...content: unknown[]) => void>>;
export type Found = Omit<FoundCredentials, "notices">;

/** Asks a provider; its failure is explained. What it gives is kept out of every later line: AWS may repeat it. */
export async function ask(
  sdk: Sdk,
  provider: AwsCredentialIdentityProvider,
  source: string,
  profile: string | null,
): Promise<Found> {
  try {
    const found = await provider();
    hideKeys([found], sdk.report);
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = found;
    return { accessKeyId, secretAccessKey, sessionToken, expiration, source };
  } catch (error) {
    throw explainAwsError(error, { source, profile, env: sdk.runtime.host.env });
  }
}

export function identityOf({ accessKeyId, secretAccessKey, sessionToken }: Found): AwsCredentialIdentity {
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
