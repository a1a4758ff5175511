import { CacheauthError, shown } from "../errors.ts";
import type { Host } from "../runtime.ts";
import { profileSource } from "./profile-source.ts";
import { requireProfile } from "./profiles.ts";
import type { Profiles } from "./shared-files.ts";

/** The long-term keys of a profile, and its region. */
export interface OwnKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string | null;
}

/** Refuses what AWS gives no MFA session for, with what to do instead. */
export async function ownKeys(profiles: Profiles, profile: string, host: Host): Promise<OwnKeys> {
  const settings = await requireProfile(profiles, profile, host);
  const { says } = (await profileSource(profiles, profile, host)) ?? { says: null };
  const { aws_access_key_id, aws_secret_access_key, aws_session_token, role_arn, source_profile } = settings ?? {};
  const unfit = (why: string, hint: string): CacheauthError =>
    new CacheauthError(
      "session-unfit",
      `Profile ${shown(profile)} ${why}: an MFA session is made with the long-term keys of an IAM user.`,
      hint,
    );
  if (role_arn && says?.startsWith("role")) {
    throw unfit(
      "assumes a role",
      source_profile
        ? `Make the session of profile ${source_profile}, whose keys assume it: cacheauth session set ${source_profile}.`
        : "A role in a profile is assumed anew each time; it needs no session.",
    );
  }
  if (!aws_access_key_id || !aws_secret_access_key) {
    throw unfit(
      says === null ? "has no keys" : `has no keys but takes them from ${says}`,
      says === null
        ? `Add them: aws configure --profile ${profile}.`
        : "What it yields is temporary, or not in the files.",
    );
  }
  if (aws_session_token || aws_access_key_id.startsWith("ASIA")) {
    throw unfit("has temporary keys", `Put the user's own in its place: aws configure --profile ${profile}.`);
  }
  return {
    accessKeyId: aws_access_key_id,
    secretAccessKey: aws_secret_access_key,
    region: settings?.["region"] || null,
  };
}
