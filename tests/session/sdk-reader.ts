import { externalDataInterceptor, loadSharedConfigFiles } from "@smithy/core/config";

let count = 0;

/** How the AWS SDK for JavaScript reads a credentials file: its profiles, each with its settings. */
export async function readBySdk(text: string): Promise<Record<string, Record<string, string>>> {
  count += 1;
  const path = `/nowhere/credentials-${count}`;
  externalDataInterceptor.interceptFile(path, text);
  externalDataInterceptor.interceptFile("/nowhere/config", "");
  const { credentialsFile } = await loadSharedConfigFiles({ filepath: path, configFilepath: "/nowhere/config" });
  return credentialsFile as Record<string, Record<string, string>>;
}
