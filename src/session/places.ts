import { CacheauthError, shown } from "../errors.ts";
import type { Host } from "../runtime.ts";

/** Where the files of sessions are. */
export interface Places {
  readonly settingsFolder: string;
  /** Serials, durations, on or off. */
  readonly settings: string;
  readonly stateFolder: string;
  /** The shadow credentials file. */
  readonly shadow: string;
  /** Held while a file is changed. */
  readonly lock: string;
  /** What only the runner and those who talk to it need; this user's alone. */
  readonly runFolder: string;
  readonly socket: string;
  /** Held as long as it runs. */
  readonly runnerLock: string;
  readonly log: string;
}

/**
 * By the XDG Base Directory Specification: settings below XDG_CONFIG_HOME, all else below XDG_STATE_HOME, for it outlives a reboot
 * but is nothing to take to another machine. Without those variables as macOS and Windows have it. CACHEAUTH_HOME holds all.
 */
export function sessionPlaces(host: Pick<Host, "env" | "homeDirectory" | "platform">): Places {
  const { platform } = host;
  const { config, state } = foldersOf(host);
  const slash = platform === "win32" ? "\\" : "/";
  const at = (folder: string, name: string) => folder + slash + name;
  const runFolder = at(state, "run");
  return {
    settingsFolder: config,
    settings: at(config, "sessions.json"),
    stateFolder: state,
    shadow: at(state, "credentials"),
    lock: at(state, "credentials.lock"),
    runFolder,
    socket: at(runFolder, "socket"),
    runnerLock: at(runFolder, "runner.lock"),
    log: at(runFolder, "log"),
  };
}

function foldersOf({ env, homeDirectory, platform }: Pick<Host, "env" | "homeDirectory" | "platform">) {
  const own = env["CACHEAUTH_HOME"];
  if (own) {
    const folder = own.startsWith("~/") && homeDirectory !== null ? homeDirectory + own.slice(1) : own;
    if (!isAbsolute(folder, platform)) {
      throw new CacheauthError(
        "session-folder-unfit",
        `CACHEAUTH_HOME, ${shown(own)}, is no absolute path: it would be another folder wherever you stand.`,
        "Write the whole path, or unset it.",
      );
    }
    const trimmed = folder.replace(/(.)[/\\]+$/, "$1");
    return { config: trimmed, state: trimmed };
  }
  const [configDefault, stateDefault] = defaults[platform] ?? [".config", ".local/state"];
  const below = (variables: readonly string[], folder: string): string => {
    // "All paths set in these environment variables must be absolute. If not, consider the path invalid and ignore it."
    const given = variables.map((name) => env[name]).find((path) => path && isAbsolute(path, platform));
    if (given === undefined && homeDirectory === null) {
      throw new CacheauthError(
        "session-folder-unfit",
        "No home directory is known to keep sessions in.",
        "Set HOME, or CACHEAUTH_HOME to a folder of yours.",
      );
    }
    const slash = platform === "win32" ? "\\" : "/";
    return `${(given ?? homeDirectory + slash + folder).replace(/(.)[/\\]+$/, "$1")}${slash}cacheauth`;
  };
  const [appData, localAppData] = platform === "win32" ? ["APPDATA", "LOCALAPPDATA"] : [];
  return {
    config: below(["XDG_CONFIG_HOME", ...(appData ? [appData] : [])], configDefault),
    state: below(["XDG_STATE_HOME", ...(localAppData ? [localAppData] : [])], stateDefault),
  };
}

/** By platform: the folders for settings and for the rest, below the home directory. */
const defaults: Readonly<Record<string, readonly [config: string, state: string]>> = {
  darwin: ["Library/Application Support", "Library/Application Support"],
  win32: ["AppData\\Roaming", "AppData\\Local"],
};

function isAbsolute(path: string, platform: string): boolean {
  return platform === "win32" ? /^(?:[A-Za-z]:[\\/]|\\\\)/.test(path) : path.startsWith("/");
}
