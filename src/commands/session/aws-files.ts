import { readSharedFilesNow } from "../../aws/shared-files.ts";
import { CacheauthError } from "../../errors.ts";
import type { Host } from "../../runtime.ts";
import type { AwsFiles } from "../../session/session-files.ts";
import { readShadow } from "../../session/shadow-file.ts";

/**
 * The host with the user's own credentials file in its environment: where AWS_SHARED_CREDENTIALS_FILE names the shadow file, as it should
 * once there is one, that says what it was made of.
 */
export async function ownFilesHost(host: Host): Promise<Host> {
  const { env, homeDirectory } = host;
  const named = env["AWS_SHARED_CREDENTIALS_FILE"];
  if (!named) return host;
  const path = named.startsWith("~/") && homeDirectory !== null ? homeDirectory + named.slice(1) : named;
  // A pipe gives its text once, and is no shadow file.
  const bytes = path.startsWith("/dev/") ? null : await host.readFile(path).catch(() => null);
  const shadow = bytes && readShadow(new TextDecoder().decode(bytes));
  if (!shadow || shadow.madeOf === path) return host;
  return { ...host, env: { ...env, AWS_SHARED_CREDENTIALS_FILE: shadow.madeOf } };
}

/** The user's own files, as they are now. */
export async function readAwsFiles(ownHost: Host): Promise<AwsFiles> {
  const files = await readSharedFilesNow(ownHost);
  if (files === null) {
    throw new CacheauthError(
      "aws-file-unreadable",
      "No home directory is known to look for the AWS files in.",
      "Set HOME, or AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE.",
    );
  }
  return {
    texts: { config: files.config.text, credentials: files.credentials.text },
    configPath: files.config.path,
    credentialsPath: files.credentials.path,
  };
}
