import { ask, type Found, identityOf, type Sdk } from "./sdk.ts";
import { getSessionToken } from "./session-token.ts";

/** The role that --role-arn names, assumed with what was found. */
export async function assumeRole(sdk: Sdk, roleArn: string, base: Found): Promise<Found> {
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
  return ask(sdk, provider, `role ${roleArn}, assumed with credentials from ${base.source}`, null);
}

/** An MFA device without a role: a session of one's own keys, for policies that ask for MFA. */
export async function mfaSession(sdk: Sdk, base: Found): Promise<Found> {
  const serial = sdk.words.mfaSerial;
  if (serial === undefined) return base;
  const provider = async () => {
    const code = await sdk.mfaCodeProvider(serial);
    return getSessionToken(sdk, base, { serial, code, durationSeconds: null });
  };
  return ask(sdk, provider, `an MFA session of ${base.source}`, null);
}
