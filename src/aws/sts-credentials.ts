import { ask, type Found, identityOf, type Sdk } from "./sdk.ts";

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
  const { words, clientConfig, mfaCodeProvider } = sdk;
  const serial = words.mfaSerial;
  if (serial === undefined) return base;
  const provider = async () => {
    const { STSClient, GetSessionTokenCommand } = await import("@aws-sdk/client-sts");
    const client = new STSClient({ region: words.region, credentials: identityOf(base), ...clientConfig });
    const code = await mfaCodeProvider(serial);
    const { Credentials } = await client.send(new GetSessionTokenCommand({ SerialNumber: serial, TokenCode: code }));
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {};
    if (!AccessKeyId || !SecretAccessKey) throw new Error("Invalid response from STS.GetSessionToken.");
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      ...(SessionToken === undefined ? {} : { sessionToken: SessionToken }),
      ...(Expiration === undefined ? {} : { expiration: Expiration }),
    };
  };
  return ask(sdk, provider, `an MFA session of ${base.source}`, null);
}
