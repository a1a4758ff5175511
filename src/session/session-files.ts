/** Reads and changes the two files of sessions; whatever changes them holds their lock. */
import { CacheauthError, shown } from "../errors.ts";
import type { Host } from "../runtime.ts";
import { waitForLock } from "./lock.ts";
import { placedSessions } from "./placed-sessions.ts";
import type { Places } from "./places.ts";
import type { AwsTexts } from "./read-profile.ts";
import type { Session, SessionSetting } from "./session.ts";
import { readSettings, settingsText, withSetting } from "./session-settings.ts";
import { readShadow, type Shadow, shadowText } from "./shadow-file.ts";
import { folderFault, unwritable } from "./unwritable.ts";

export type FilesHost = Pick<
  Host,
  "readFile" | "makeOwnFolder" | "writePrivateFile" | "removeUnfinished" | "lock" | "after" | "now"
>;

/** The user's own AWS files as they are now. */
export interface AwsFiles {
  readonly texts: AwsTexts;
  /** Absolute paths. */
  readonly configPath: string;
  readonly credentialsPath: string;
}

export interface Change {
  readonly setting?: SessionSetting;
  readonly session?: Session;
}

export interface InStep {
  /** Whether the shadow file was not what it should be, and is now. */
  readonly isWritten: boolean;
  readonly settings: readonly SessionSetting[];
  readonly sessions: readonly Session[];
  /** Those that stand in the shadow file in the place of long-term keys. */
  readonly placed: readonly Session[];
  /** The credentials file that the shadow file was made of before; null where there was none. */
  readonly madeOfBefore: string | null;
}

export async function loadSettings(host: Pick<Host, "readFile">, { settings }: Places): Promise<SessionSetting[]> {
  const text = await readText(host, settings);
  return text === null ? [] : readSettings(text, settings);
}

/** The sessions that were made and are kept; none where there is no shadow file. */
export async function loadSessions(host: Pick<Host, "readFile">, { shadow }: Places): Promise<readonly Session[]> {
  return (await loadShadow(host, shadow))?.shadow.sessions ?? [];
}

/**
 * Makes a change, and the shadow file what it should be after it. The AWS files are read while the lock is held: of two that change
 * something the later sees what the earlier saw, or newer. Nothing is written where one of them cannot be read.
 */
export async function bringInStep(
  host: FilesHost,
  places: Places,
  readAwsFiles: () => Promise<AwsFiles>,
  change: Change = {},
): Promise<InStep> {
  await ownFolder(host, places.stateFolder);
  if (change.setting) await ownFolder(host, places.settingsFolder);
  const unlock = await waitForLock(host, places.lock);
  try {
    await host.removeUnfinished(places.stateFolder);
    const { texts, credentialsPath } = await readAwsFiles();
    const before = await loadShadow(host, places.shadow);
    if (credentialsPath === places.shadow) throw foreign(places.shadow);
    const settingsBefore = await loadSettings(host, places);
    const settings = change.setting ? withSetting(settingsBefore, change.setting) : settingsBefore;
    const sessions = withSession(before?.shadow.sessions ?? [], change.session);
    const shadow: Shadow = { madeOf: credentialsPath, sessions };
    const text = shadowText(shadow, texts, settings, host.now());
    if (change.setting) await write(host, places.settings, settingsText(settings));
    const isWritten = text !== before?.text;
    if (isWritten) await write(host, places.shadow, text);
    const placed = placedSessions(texts, settings, sessions);
    return { isWritten, settings, sessions, placed, madeOfBefore: before?.shadow.madeOf ?? null };
  } finally {
    await unlock();
  }
}

/** Whether the shadow file is what it should be. Takes no lock: what changes meanwhile is seen the next time. */
export async function isInStep(
  host: Pick<Host, "readFile" | "now">,
  places: Places,
  { texts, credentialsPath }: AwsFiles,
): Promise<boolean> {
  const before = await loadShadow(host, places.shadow);
  const settings = await loadSettings(host, places);
  const shadow: Shadow = { madeOf: credentialsPath, sessions: before?.shadow.sessions ?? [] };
  return before?.text === shadowText(shadow, texts, settings, host.now());
}

/** Refuses a file that is not of cacheauth's making: it may be the user's own. */
async function loadShadow(
  host: Pick<Host, "readFile">,
  path: string,
): Promise<{ readonly text: string; readonly shadow: Shadow } | null> {
  const text = await readText(host, path);
  if (text === null) return null;
  const shadow = readShadow(text);
  if (shadow === null) throw foreign(path);
  return { text, shadow };
}

function withSession(sessions: readonly Session[], added: Session | undefined): Session[] {
  return added ? [...sessions.filter(({ profile }) => profile !== added.profile), added] : [...sessions];
}

async function readText(host: Pick<Host, "readFile">, path: string): Promise<string | null> {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await host.readFile(path));
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw new CacheauthError(
      "session-file-unreadable",
      `The file of sessions ${shown(path)} cannot be read: ${(code && reasons[code]) ?? code ?? "it is not UTF-8"}.`,
      "Make it readable to you alone, or remove it and make the sessions anew: cacheauth session gen PROFILE.",
    );
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "it is a folder",
  ERR_ENCODING_INVALID_ENCODED_DATA: "it is not UTF-8",
};

async function write(host: FilesHost, path: string, text: string): Promise<void> {
  await host.writePrivateFile(path, text).catch((error) => {
    throw unwritable(path, error);
  });
}

/** Makes the folder, or sees that nobody else can put files of theirs there. */
async function ownFolder(host: FilesHost, path: string): Promise<void> {
  await host.makeOwnFolder(path, false).catch((error) => {
    throw folderFault(path, error);
  });
}

function foreign(path: string): CacheauthError {
  return new CacheauthError(
    "session-file-foreign",
    `${shown(path)}, where the shadow credentials file belongs, is a file that cacheauth did not make: it is left as it is.`,
    "Move it elsewhere, or set CACHEAUTH_HOME to another folder.",
  );
}
