import { CacheauthError, type Notice } from "../errors.ts";
import { checkCredentials } from "../token/check-credentials.ts";
import type { Call } from "./command.ts";
import {
  type CredentialFlagValues,
  credentialWords,
  describeCredentials,
  findCredentials,
} from "./credential-flags.ts";

interface AccountCall extends Pick<Call<never>, "runtime" | "report"> {
  readonly flags: CredentialFlagValues;
}

/** The account of whoever calls, as STS in a region says; without credentials --account-id is what helps. */
export async function callerAccount(
  call: AccountCall,
  region: string,
): Promise<{ readonly accountId: string; readonly notices: readonly Notice[] }> {
  try {
    return await asked(call, region);
  } catch (error) {
    if (!(error instanceof CacheauthError) || error.exitCode !== 3) throw error;
    const hint = `Pass --account-id ID: then AWS is not asked. Otherwise: ${error.hint}`;
    throw new CacheauthError(error.code, error.message, hint);
  }
}

async function asked({ runtime, report, flags }: AccountCall, region: string) {
  const words = credentialWords(flags, region, runtime);
  const found = await findCredentials(words, runtime, report);
  const notices = [...found.notices, ...checkCredentials(found, runtime.host.now())];
  await report.verbose("credentials", describeCredentials(found));
  const { createSdk } = await import("../aws/create-sdk.ts");
  const { callerIdentity } = await import("../aws/caller-identity.ts");
  const { account, arn } = await callerIdentity(createSdk(words, runtime, report, notices), found);
  await report.verbose("account", `The account is ${account}: STS says that these are the credentials of ${arn}.`);
  return { accountId: account, notices };
}
