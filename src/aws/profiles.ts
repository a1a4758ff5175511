import { CacheauthError, shown } from "../errors.ts";
import type { Host } from "../runtime.ts";
import { loadProfiles, type Profiles, readSharedFiles } from "./shared-files.ts";

/** The profile that counts: the flag, then AWS_PROFILE, else the one named default. */
export function profileName(host: Host, flag: string | undefined): { readonly name: string; readonly named: boolean } {
  const name = flag ?? (host.env["AWS_PROFILE"] || undefined);
  return { name: name ?? "default", named: name !== undefined };
}

/** The region that the profile sets; null where it sets none. An unknown profile is an error where it was named. */
export async function profileRegion(
  host: Host,
  flag: string | undefined,
): Promise<{ readonly region: string; readonly profile: string } | null> {
  const { name, named } = profileName(host, flag);
  const profiles = await loadProfiles(host);
  if (named) await requireProfile(profiles, name, host);
  const region = findProfile(profiles, name)?.["region"];
  return region ? { region, profile: name } : null;
}

/** The settings of a profile. The SDK keeps sections that are no profiles beside them, under names with a dot. */
export function findProfile(profiles: Profiles, name: string): Profiles[string] | undefined {
  return Object.hasOwn(profiles, name) && !otherSection.test(name) ? profiles[name] : undefined;
}

/** The settings of a profile; where there is none, an error that shows which there are. */
export async function requireProfile(profiles: Profiles, name: string, host: Host): Promise<Profiles[string]> {
  const settings = findProfile(profiles, name);
  if (settings) return settings;
  const files = await readSharedFiles(host);
  if (files === null) {
    throw new CacheauthError(
      "profile-not-found",
      `There is no profile ${shown(name)}: no home directory is known to look for the AWS files in.`,
      "Set HOME, or AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE.",
    );
  }
  const { config, credentials } = files;
  if (config.text.split(/\r?\n/).includes(`[${name}]`)) {
    throw new CacheauthError(
      "profile-not-found",
      `There is no profile ${shown(name)}, but ${config.path} has a section [${name}].`,
      `In that file the section must be called [profile ${name}].`,
    );
  }
  const unset = host.env["AWS_PROFILE"] === name ? ", or unset AWS_PROFILE" : "";
  throw new CacheauthError(
    "profile-not-found",
    `There is no profile ${shown(name)}; ${knownProfiles(profiles)} in ${config.path} and ${credentials.path}.`,
    `Mend the name${unset}, or make the profile: aws configure --profile NAME.`,
  );
}

/** The names of the profiles, cut to eight, in a person's words. */
export function knownProfiles(profiles: Profiles): string {
  const names = Object.keys(profiles).filter((profile) => !otherSection.test(profile));
  if (names.length === 0) return "there are none";
  return `there are ${names.slice(0, 8).join(", ")}${names.length > 8 ? ` and ${names.length - 8} more` : ""}`;
}

const otherSection = /^(sso-session|services)\./;
