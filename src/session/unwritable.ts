import { CacheauthError, shown } from "../errors.ts";

/** Why a file of sessions could not be written. */
export function unwritable(path: string, error: unknown): CacheauthError {
  const { code = "unknown error" } = error as { code?: string };
  return new CacheauthError(
    "output-unwritable",
    `${shown(path)} cannot be written: ${reasons[code] ?? code}.`,
    "Make room or give yourself the right to write there, or set CACHEAUTH_HOME to another folder.",
  );
}

/** Why a folder cannot hold files of sessions. */
export function folderFault(path: string, error: unknown): CacheauthError {
  const { code, why } = error as { code?: string; why?: string };
  if (code !== "ENOTOWN") return unwritable(path, error);
  const [fault, remedy] = folderFaults[why ?? ""] ?? ["it is not yours alone", "Use another"];
  return new CacheauthError(
    "session-folder-unfit",
    `The folder ${shown(path)} cannot hold sessions: ${fault}.`,
    `${remedy}, or set CACHEAUTH_HOME to a folder of yours.`,
  );
}

const folderFaults: Readonly<Record<string, readonly [fault: string, remedy: string]>> = {
  owner: ["it belongs to another user", "Run this as that user"],
  writable: ["others may write to it, and could put keys of theirs there", "Take that right from them (chmod go-w)"],
  link: ["it is a link and no folder", "Remove the link"],
};

const reasons: Readonly<Record<string, string>> = {
  EACCES: "you may not write there (EACCES)",
  EPERM: "you may not write there (EPERM)",
  EROFS: "it is read-only (EROFS)",
  ENOTDIR: "a part of the path is no folder (ENOTDIR)",
  EEXIST: "a part of the path is no folder (EEXIST)",
  ENOSPC: "no space is left on the device (ENOSPC)",
  EDQUOT: "your quota is used up (EDQUOT)",
  EFBIG: "it is larger than a file may be here (EFBIG)",
};
