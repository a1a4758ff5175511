import { CacheauthError, shown } from "../errors.ts";
import type { Host } from "../runtime.ts";

/**
 * Writes a token to a file, whole: whoever reads it has the old one or the new one. Refuses a link, which somebody may have
 * put there to have another file replaced, and what is no file. Rejects with the codes `output-…`, told apart.
 */
export async function writeTokenFile(
  path: string,
  text: string,
  host: Pick<Host, "kindOf" | "writePrivateFile">,
): Promise<void> {
  try {
    const kind = await host.kindOf(path);
    if (kind === "link") {
      throw new CacheauthError(
        "output-is-link",
        `${shown(path)} is a symbolic link, and what it leads to is not touched.`,
        "Remove the link, or name the file that it leads to.",
      );
    }
    if (kind === "folder" || kind === "other") {
      throw new CacheauthError(
        "output-not-a-file",
        `${shown(path)} is ${kind === "folder" ? "a folder" : "no regular file"}.`,
        "Name a file, which need not be there yet.",
      );
    }
    await host.writePrivateFile(path, text);
  } catch (error) {
    throw error instanceof CacheauthError ? error : fileFault(path, error);
  }
}

/** Why a file, or the lock beside it, could not be written: by the runtime's `code`. */
export function fileFault(path: string, error: unknown): CacheauthError {
  const { code = "unknown error", processId } = error as { code?: string; processId?: number | null };
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return new CacheauthError(
        "output-folder-missing",
        `${shown(path)} cannot be written: ${code === "ENOENT" ? "its folder is not there" : "a part of its path is no folder"} (${code}).`,
        "Make the folder first, or correct the path.",
      );
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new CacheauthError(
        "output-denied",
        `${shown(path)} cannot be written: ${code === "EROFS" ? "the file system is read-only" : "you may not write to its folder"} (${code}).`,
        "A new file is put beside the old one and takes its place: the folder must be writable.",
      );
    case "ENOSPC":
    case "EDQUOT":
    case "EFBIG":
      return new CacheauthError(
        "output-full",
        `${shown(path)} cannot be written: ${code === "EDQUOT" ? "your quota is used up" : code === "EFBIG" ? "a file may not be that large" : "no space is left on the device"} (${code}).`,
        "Make room. What was there before is still whole.",
      );
    case "ELOCKED":
      return new CacheauthError(
        "output-in-use",
        `${shown(path)} is kept fresh already, by ${processId ? `process ${processId}` : "a process in another container or on another machine"}.`,
        "Stop that one, or name another file.",
      );
    default:
      return new CacheauthError(
        "output-unwritable",
        `${shown(path)} cannot be written: ${code}.`,
        "Name a file in a folder that you may write to.",
      );
  }
}
