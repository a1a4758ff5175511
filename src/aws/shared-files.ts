import { CacheauthError, shown } from "../errors.ts";
import type { Host } from "../runtime.ts";

/** The settings of the profiles in the shared config and credentials files, by profile name, both files merged. */
export type Profiles = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

/**
 * Reads both files with the SDK's own reader, after looking at what it passes over in silence: a file that cannot be
 * read, or is none. No file at all is no error: then there are no profiles.
 */
export async function loadProfiles(host: Host): Promise<Profiles> {
  const paths = filePaths(host);
  if (paths === null) return {};
  await Promise.all(Object.values(paths).map((path) => checkFile(host, path)));
  const { parseKnownFiles } = await import("@smithy/core/config");
  return parseKnownFiles({ ignoreCache: true, ...paths });
}

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
  const region = Object.hasOwn(profiles, name) ? profiles[name]?.["region"] : undefined;
  return region ? { region, profile: name } : null;
}

/** The settings of a profile; where there is none, an error that shows which there are. */
export async function requireProfile(profiles: Profiles, name: string, host: Host): Promise<Profiles[string]> {
  const settings = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (settings) return settings;
  const paths = filePaths(host);
  if (paths === null) {
    throw new CacheauthError(
      "profile-not-found",
      `There is no profile ${shown(name)}: no home directory is known to look for the AWS files in.`,
      "Set HOME, or AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE.",
    );
  }
  const bare = await host.readFile(paths.configFilepath).then(
    (bytes) => new TextDecoder().decode(bytes).split(/\r?\n/).includes(`[${name}]`),
    () => false,
  );
  if (bare) {
    throw new CacheauthError(
      "profile-not-found",
      `There is no profile ${shown(name)}, but ${paths.configFilepath} has a section [${name}].`,
      `In that file the section must be called [profile ${name}].`,
    );
  }
  const unset = host.env["AWS_PROFILE"] === name ? ", or unset AWS_PROFILE" : "";
  throw new CacheauthError(
    "profile-not-found",
    `There is no profile ${shown(name)}; ${knownProfiles(profiles)} in ${paths.configFilepath} and ${paths.filepath}.`,
    `Mend the name${unset}, or make the profile: aws configure --profile NAME.`,
  );
}

/** The names of the profiles, cut to eight, in a person's words. */
export function knownProfiles(profiles: Profiles): string {
  const names = Object.keys(profiles).filter((profile) => !/^(sso-session|services)\./.test(profile));
  if (names.length === 0) return "there are none";
  return `there are ${names.slice(0, 8).join(", ")}${names.length > 8 ? ` and ${names.length - 8} more` : ""}`;
}

/** Null where no home directory is known and the variables do not name both files. */
function filePaths(host: Host): { readonly configFilepath: string; readonly filepath: string } | null {
  const { env, homeDirectory } = host;
  const config = env["AWS_CONFIG_FILE"] || (homeDirectory === null ? null : `${homeDirectory}/.aws/config`);
  const credentials =
    env["AWS_SHARED_CREDENTIALS_FILE"] || (homeDirectory === null ? null : `${homeDirectory}/.aws/credentials`);
  if (config === null && credentials === null) return null;
  const expand = (path: string) =>
    path.startsWith("~/") && homeDirectory !== null ? homeDirectory + path.slice(1) : path;
  // The one that is not known is looked for where nothing can be.
  return { configFilepath: expand(config ?? "/dev/null"), filepath: expand(credentials ?? "/dev/null") };
}

async function checkFile(host: Host, path: string): Promise<void> {
  let bytes: Uint8Array;
  try {
    bytes = await host.readFile(path);
  } catch (error) {
    const code = (error as { code?: string }).code ?? "unknown error";
    if (code === "ENOENT" || code === "ENOTDIR") return;
    const why =
      code === "EACCES" || code === "EPERM" ? "permission denied" : code === "EISDIR" ? "it is a directory" : code;
    throw new CacheauthError(
      "aws-file-unreadable",
      `The AWS file ${shown(path)} cannot be read: ${why}.`,
      "Make it readable to you, or point AWS_CONFIG_FILE or AWS_SHARED_CREDENTIALS_FILE elsewhere.",
    );
  }
  const fault = faultIn(bytes);
  if (fault === null) return;
  throw new CacheauthError(
    "aws-file-malformed",
    `The AWS file ${shown(path)} is malformed: ${fault}.`,
    "Write [NAME] or [profile NAME] lines, and below them lines of NAME = VALUE, as UTF-8 text.",
  );
}

/** What is wrong with the text of an AWS file, with its line; never what stands there, for it may be a key. */
function faultIn(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff || bytes[0] === 0xfe || bytes.includes(0)) return "it is UTF-16 or binary, not UTF-8 text";
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "it begins with a byte order mark";
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return "it is not UTF-8 text";
  }
  let inSection = false;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const content = (line.split(/(?:^|\s)[;#]/, 1)[0] ?? "").trim();
    if (content === "") continue;
    const at = `line ${index + 1}`;
    if (content.startsWith("[")) {
      if (!/^\[[^\]]+\]$/.test(content)) return `${at} begins a section but has no closing bracket`;
      inSection = true;
    } else if (!inSection) {
      return `${at} stands before the first section`;
    } else if (content.indexOf("=") < 1) {
      return `${at} is neither a section nor NAME = VALUE`;
    }
  }
  return null;
}
