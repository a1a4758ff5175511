import { explainAwsError } from "./explain-aws-error.ts";
import { type Found, identityOf, type Sdk } from "./sdk.ts";

/** Whose credentials these are, as STS says. */
export interface CallerIdentity {
  /** Twelve digits. */
  readonly account: string;
  /** Of a user, of the account itself, or of the session of a role. */
  readonly arn: string;
  readonly userId: string;
}

/** STS's GetCallerIdentity, which no policy can deny: it works wherever the credentials do. */
export async function callerIdentity(sdk: Sdk, keys: Found): Promise<CallerIdentity> {
  const { STSClient, GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
  const { words, clientConfig, logger, runtime } = sdk;
  const options = { region: words.region, credentials: identityOf(keys), maxAttempts: 2, logger, ...clientConfig };
  const client = new STSClient(options);
  try {
    const { Account = "", Arn = "", UserId = "" } = await client.send(new GetCallerIdentityCommand({}));
    if (!/^\d{12}$/.test(Account) || !Arn.startsWith("arn:")) {
      throw new Error("Invalid response from STS.GetCallerIdentity.");
    }
    return { account: Account, arn: Arn, userId: UserId };
  } catch (error) {
    const expired = /Expired/.test((error as Error).name);
    const source = expired ? keys.source : `GetCallerIdentity with the credentials from ${keys.source}`;
    throw explainAwsError(error, { source, profile: words.profile ?? null, env: runtime.host.env });
  }
}
