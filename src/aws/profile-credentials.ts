import { containerOptions, metadataFailure, withinLimit } from "./metadata-credentials.ts";
import type { ProfileSource } from "./profile-source.ts";
import { ask, type Found, type Sdk } from "./sdk.ts";

/** What a profile yields, by the SDK's provider. */
export async function fromProfile(
  sdk: Sdk,
  profile: string,
  { says, serials, metadata }: ProfileSource,
): Promise<Found> {
  const { fromIni } = await import("@aws-sdk/credential-providers");
  const { words, clientConfig, logger } = sdk;
  // Asked for ahead: the SDK gets the source's credentials meanwhile, and if they failed first, nobody would be
  // listening yet: an unhandled rejection, which ends the process.
  const codes = new Map<string, string>();
  for (const serial of serials) codes.set(serial, await sdk.mfaCodeProvider(serial));
  const mfaCodeProvider = async (serial: string) => codes.get(serial) ?? sdk.mfaCodeProvider(serial);
  // Not clientConfig: a region there would also be taken for that of SSO, which the profile names.
  const parentClientConfig = { region: words.region, ...clientConfig };
  const options = { profile, ignoreCache: true, clientConfig, parentClientConfig, mfaCodeProvider, logger };
  if (metadata === null) return ask(sdk, fromIni(options), says, profile);

  // The SDK hands its options on to its metadata providers, which would wait for ever for a silent service.
  const provider = fromIni({ ...options, ...containerOptions });
  let awsAsked = false;
  void sdk.awsAsked.then(() => {
    awsAsked = true;
  });
  const limited = async () => {
    try {
      return await withinLimit(provider(), sdk.awsAsked);
    } catch (error) {
      // Once AWS was asked, the metadata service had answered.
      throw awsAsked ? error : metadataFailure(error, metadata, sdk.runtime.host.env, profile);
    }
  };
  return ask(sdk, limited, says, profile);
}
