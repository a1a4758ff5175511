import { CacheauthError, shown } from "../errors.ts";
import type { Host } from "../runtime.ts";
import { isMfaSerial, isRoleArn } from "./credential-words.ts";
import { type Profiles, requireProfile } from "./shared-files.ts";

/**
 * What in the profile yields credentials, in the order in which the SDK looks and in a person's words; null where
 * nothing does. What the SDK would answer with a word of its own, or only after asking for an MFA code, is refused
 * here: half a pair of keys, a role without a source, a source profile or SSO session that is in no file.
 */
export async function profileSource(
  profiles: Profiles,
  name: string,
  host: Host,
  visited: readonly string[] = [],
): Promise<string | null> {
  const settings = await requireProfile(profiles, name, host);
  const { role_arn, source_profile, credential_source, mfa_serial, web_identity_token_file, sso_session } = settings;
  const { aws_access_key_id, aws_secret_access_key, credential_process, sso_start_url, login_session } = settings;
  if (Boolean(aws_access_key_id) !== Boolean(aws_secret_access_key)) {
    const gone = aws_access_key_id ? "aws_secret_access_key" : "aws_access_key_id";
    throw new CacheauthError("credentials-malformed", `Profile ${name} has no ${gone}.`, "Set both keys, or neither.");
  }
  if (role_arn && !isRoleArn(role_arn)) {
    throw malformed(
      `role_arn of profile ${name} is not the ARN of a role`,
      "It looks like arn:aws:iam::123456789012:role/NAME.",
    );
  }
  if (mfa_serial && !isMfaSerial(mfa_serial)) {
    throw malformed(
      `mfa_serial of profile ${name} is no serial of an MFA device`,
      "It looks like arn:aws:iam::123456789012:mfa/NAME.",
    );
  }
  if (role_arn && source_profile && credential_source) {
    throw malformed(`Profile ${name} has both source_profile and credential_source`, "Keep one of them.");
  }
  if (role_arn && source_profile) {
    await checkSource(profiles, name, source_profile, host, visited);
    return `role ${role_arn} of profile ${name}`;
  }
  if (role_arn && credential_source) return `role ${role_arn} of profile ${name}`;
  if (aws_access_key_id) return `profile ${name}`;
  if (web_identity_token_file) return `the web identity of profile ${name}`;
  if (role_arn) {
    throw malformed(
      `Profile ${name} has role_arn, but nothing to assume the role with`,
      "Add source_profile, credential_source or web_identity_token_file.",
    );
  }
  if (credential_process) return `credential_process of profile ${name}`;
  if (sso_session && !Object.hasOwn(profiles, `sso-session.${sso_session}`)) {
    throw malformed(
      `Profile ${name} names the SSO session ${sso_session}, which is in no file`,
      `Add a section [sso-session ${sso_session}] with sso_start_url and sso_region (aws configure sso-session).`,
    );
  }
  if (sso_session || sso_start_url) return `SSO of profile ${name}`;
  return login_session ? `the console login of profile ${name}` : null;
}

/** The profile that a role is assumed with must be there and yield something; it may be the role's own, with keys. */
async function checkSource(
  profiles: Profiles,
  name: string,
  source: string,
  host: Host,
  visited: readonly string[],
): Promise<void> {
  const own = Object.hasOwn(profiles, source) ? profiles[source] : undefined;
  if (own?.["aws_access_key_id"] && own["aws_secret_access_key"]) return;
  if (visited.includes(source) || source === name) {
    throw malformed(
      `The source_profile settings of ${name} go round in a circle`,
      "Let the last of them have keys of its own.",
    );
  }
  if (!own) {
    throw malformed(
      `source_profile of profile ${name} names ${shown(source)}, which is in no file`,
      "Mend the name, or add that profile.",
    );
  }
  if ((await profileSource(profiles, source, host, [...visited, name])) === null) {
    throw malformed(
      `Profile ${source}, the source_profile of ${name}, yields no credentials`,
      "Add keys, SSO, a role or a credential_process to it.",
    );
  }
}

function malformed(cause: string, hint: string): CacheauthError {
  return new CacheauthError("aws-file-malformed", `${cause}.`, hint);
}
