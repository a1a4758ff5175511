import { CacheauthError, shown } from "../errors.ts";
import type { Host } from "../runtime.ts";
import { isMfaSerial, isRoleArn } from "./credential-words.ts";
import type { Metadata } from "./metadata-credentials.ts";
import { findProfile, requireProfile } from "./profiles.ts";
import type { Profiles } from "./shared-files.ts";

/** What in a profile yields credentials. */
export interface ProfileSource {
  /** In a person's words. */
  readonly says: string;
  /** The MFA devices whose codes its roles need, in the order in which they are asked for. */
  readonly serials: readonly string[];
  /** The metadata service at the end of its roles, where credential_source names one. */
  readonly metadata: Metadata | null;
}

/**
 * What in the profile yields credentials, in the order in which the SDK looks; null where nothing does. What the SDK would answer with a word of its own, or only after asking for an MFA code, is refused
 * here: half a pair of keys, a role without a source, a source profile or SSO session that is in no file.
 */
export async function profileSource(
  profiles: Profiles,
  name: string,
  host: Host,
  visited: readonly string[] = [],
): Promise<ProfileSource | null> {
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
  // As the AWS CLI has it, mfa_serial is for the role that is assumed: beside plain keys it counts for nothing.
  const own = mfa_serial ? [mfa_serial] : [];
  const role = `role ${role_arn} of profile ${name}`;
  if (role_arn && source_profile) {
    const { serials, metadata } = await sourceOf(profiles, name, source_profile, host, visited);
    return { says: role, serials: [...own, ...serials], metadata };
  }
  if (role_arn && credential_source) {
    return { says: role, serials: own, metadata: metadataBehind[credential_source] ?? null };
  }
  const plain = (says: string): ProfileSource => ({ says, serials: [], metadata: null });
  if (aws_access_key_id) return plain(`profile ${name}`);
  if (web_identity_token_file) return plain(`the web identity of profile ${name}`);
  if (role_arn) {
    throw malformed(
      `Profile ${name} has role_arn, but nothing to assume the role with`,
      "Add source_profile, credential_source or web_identity_token_file.",
    );
  }
  if (credential_process) return plain(`credential_process of profile ${name}`);
  if (sso_session) checkSsoSession(profiles, name, sso_session);
  if (sso_session || sso_start_url) {
    for (const setting of [...(sso_session ? [] : ["sso_region"]), "sso_account_id", "sso_role_name"]) {
      if (!settings[setting])
        throw malformed(`Profile ${name} has SSO, but no ${setting}`, `Add it: aws configure sso.`);
    }
    return plain(`SSO of profile ${name}`);
  }
  return login_session ? plain(`the console login of profile ${name}`) : null;
}

/** The profile whose keys sign for a profile: its own, or at the end of its source_profile settings. */
export function keyProfile(profiles: Profiles, name: string, visited: readonly string[] = []): string {
  const { role_arn, source_profile } = findProfile(profiles, name) ?? {};
  if (!role_arn || !source_profile || source_profile === name || visited.includes(name)) return name;
  const source = findProfile(profiles, source_profile);
  // As the SDK has it: where the source has keys they are taken, though it be a role as well.
  if (source?.["aws_access_key_id"] && source["aws_secret_access_key"]) return source_profile;
  return keyProfile(profiles, source_profile, [...visited, name]);
}

const metadataBehind: Readonly<Record<string, Metadata | undefined>> = {
  EcsContainer: "container",
  Ec2InstanceMetadata: "instance",
};

function checkSsoSession(profiles: Profiles, name: string, session: string): void {
  const settings = profiles[`sso-session.${session}`];
  const add = `[sso-session ${session}] needs sso_start_url and sso_region (aws configure sso-session).`;
  if (!settings) throw malformed(`Profile ${name} names the SSO session ${session}, which is in no file`, add);
  for (const setting of ["sso_start_url", "sso_region"]) {
    if (!settings[setting]) throw malformed(`The SSO session ${session} of profile ${name} has no ${setting}`, add);
  }
}

/** The profile that a role is assumed with must be there and yield something; it may be the role's own, with keys. */
async function sourceOf(
  profiles: Profiles,
  name: string,
  source: string,
  host: Host,
  visited: readonly string[],
): Promise<Pick<ProfileSource, "serials" | "metadata">> {
  const settings = findProfile(profiles, source);
  if (settings?.["aws_access_key_id"] && settings["aws_secret_access_key"]) return { serials: [], metadata: null };
  if (visited.includes(source) || source === name) {
    throw malformed(
      `The source_profile settings of ${name} go round in a circle`,
      "Let the last of them have keys of its own.",
    );
  }
  if (!settings) {
    throw malformed(
      `source_profile of profile ${name} names ${shown(source)}, which is in no file`,
      "Mend the name, or add that profile.",
    );
  }
  const found = await profileSource(profiles, source, host, [...visited, name]);
  if (found !== null) return found;
  throw malformed(
    `Profile ${source}, the source_profile of ${name}, yields no credentials`,
    "Add keys, SSO, a role or a credential_process to it.",
  );
}

function malformed(cause: string, hint: string): CacheauthError {
  return new CacheauthError("aws-file-malformed", `${cause}.`, hint);
}
