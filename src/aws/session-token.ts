import type { AwsCredentialIdentity } from "@smithy/types";
import type { Notice } from "../errors.ts";
import { inWords } from "../token/duration.ts";
import { type Found, identityOf, type Sdk } from "./sdk.ts";

export interface SessionTokenRequest {
  readonly serial: string;
  readonly code: string;
  /** Null takes AWS's default, twelve hours. */
  readonly durationSeconds: number | null;
}

/** A clock that is this far off makes AWS refuse what is signed by it, soon or already: its limit is five minutes. */
const farOffMs = 240_000;

/**
 * STS's GetSessionToken, asked once: an MFA code that is sent twice is refused, which would hide why the first was. Only where the
 * clock was off is it asked again, signed by AWS's: then it has not looked at the code yet.
 */
export async function getSessionToken(
  sdk: Sdk,
  keys: Found,
  { serial, code, durationSeconds }: SessionTokenRequest,
): Promise<AwsCredentialIdentity & { readonly notices: readonly Notice[] }> {
  const { STSClient, GetSessionTokenCommand } = await import("@aws-sdk/client-sts");
  const { words, clientConfig, logger } = sdk;
  const options = { region: words.region, credentials: identityOf(keys), maxAttempts: 1, logger, ...clientConfig };
  const client = new STSClient(options);
  const send = () =>
    client.send(
      new GetSessionTokenCommand({
        SerialNumber: serial,
        TokenCode: code,
        ...(durationSeconds === null ? {} : { DurationSeconds: durationSeconds }),
      }),
    );
  const { Credentials } = await send().catch((error) => {
    if (isByClock(error)) return send();
    throw error;
  });
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {};
  // They go into files that are read line by line.
  if (![AccessKeyId, SecretAccessKey, SessionToken].every((key) => key && /^[\x21-\x7e]+$/.test(key))) {
    throw new Error("Invalid response from STS.GetSessionToken.");
  }
  const offMs = client.config.systemClockOffset;
  const off = `${inWords(Math.round(Math.abs(offMs) / 1_000))} ${offMs > 0 ? "behind" : "ahead of"} AWS's`;
  return {
    accessKeyId: AccessKeyId ?? "",
    secretAccessKey: SecretAccessKey ?? "",
    sessionToken: SessionToken ?? "",
    ...(Expiration === undefined ? {} : { expiration: Expiration }),
    notices:
      Math.abs(offMs) < farOffMs
        ? []
        : [{ code: "clock-skewed", message: `This machine's clock is ${off}: what other tools sign will be refused.` }],
  };
}

function isByClock(error: { name?: string; message?: string; $metadata?: { clockSkewCorrected?: true } }): boolean {
  return Boolean(error.$metadata?.clockSkewCorrected) && !/MultiFactorAuthentication/i.test(error.message ?? "");
}
