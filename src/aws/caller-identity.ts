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
  const { words, runtime } = sdk;
  try {
    return await askCallerIdentity(sdk, keys);
  } catch (error) {
    const source = identitySource(error, keys);
    throw explainAwsError(error, { source, profile: words.profile ?? null, env: runtime.host.env });
  }
}

/** The same, which rejects with what the SDK throws. */
export async function askCallerIdentity(sdk: Sdk, keys: Found): Promise<CallerIdentity> {
  const { STSClient, GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
  const { words, clientConfig, logger } = sdk;
  const options = { region: words.region, credentials: identityOf(keys), maxAttempts: 2, logger, ...clientConfig };
  const { Account = "", Arn = "", UserId = "" } = await new STSClient(options).send(new GetCallerIdentityCommand({}));
  if (!/^\d{12}$/.test(Account) || !Arn.startsWith("arn:")) {
    throw new Error("Invalid response from STS.GetCallerIdentity.");
  }
  return { account: Account, arn: Arn, userId: UserId };
}

/** What failed, in a person's words: the credentials themselves where they are over. */
export function identitySource(error: unknown, keys: Found): string {
  const expired = /Expired/.test((error as Error).name);
  return expired ? keys.source : `GetCallerIdentity with the credentials from ${keys.source}`;
}
