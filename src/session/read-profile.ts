import { linesOf } from "./ini-lines.ts";
import { sectionsOf } from "./ini-sections.ts";

/** The texts of the AWS files; empty where there is none. */
export interface AwsTexts {
  readonly config: string;
  readonly credentials: string;
}

export type ProfileSettings = Readonly<Record<string, string>>;

/**
 * The settings of a profile, both files merged as the AWS tools do: the credentials file comes first. Null where it is in
 * neither. Small, for `session process` is called by every AWS command; whatever asks AWS takes the SDK's own reader.
 */
export function readProfile(texts: AwsTexts, profile: string): ProfileSettings | null {
  const inConfig = profile === "default" ? /^(?:default|profile\s+(["']?)default\1)$/ : null;
  const config = settingsIn(texts.config, (name) =>
    inConfig ? inConfig.test(name) : /^profile\s+(["']?)(.*)\1$/.exec(name)?.[2] === profile,
  );
  const credentials = settingsIn(texts.credentials, (name) => name === profile);
  return config === null && credentials === null ? null : { ...config, ...credentials };
}

/**
 * The MFA device that the files name for a profile: its own mfa_serial, or that of the roles which its keys assume, beside which
 * it usually stands, where those agree.
 */
export function mfaSerialOf(texts: AwsTexts, profile: string): string | null {
  const own = readProfile(texts, profile)?.["mfa_serial"];
  if (own) return own;
  const settings = [texts.config, texts.credentials].flatMap((text) =>
    sectionsOf(linesOf(text)).map(({ settings }) =>
      Object.fromEntries(settings.map(({ name, value }) => [name, value])),
    ),
  );
  const roles = settings.filter(({ source_profile }) => source_profile === profile);
  const serials = new Set(roles.flatMap(({ mfa_serial }) => (mfa_serial ? [mfa_serial] : [])));
  const [serial] = serials;
  return serials.size === 1 && serial !== undefined ? serial : null;
}

function settingsIn(text: string, isProfile: (name: string) => boolean): ProfileSettings | null {
  const sections = sectionsOf(linesOf(text)).filter(({ name }) => isProfile(name));
  if (sections.length === 0) return null;
  return Object.fromEntries(sections.flatMap(({ settings }) => settings.map(({ name, value }) => [name, value])));
}
