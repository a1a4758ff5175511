/** Files and folders that hold what others must not read. */
import { watch } from "node:fs";
import { chmod, lstat, mkdir, mkdtemp, open, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { FileKind } from "../runtime.ts";
import { deno } from "./which-runtime.ts";

export const makePrivateFolder = (prefix: string): Promise<string> => mkdtemp(join(tmpdir(), prefix));

export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
}

/** Beside and then renamed: an existing file's mode would stay, and a reader could see half of it. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  const random = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0"));
  const beside = join(dirname(path), `.${random.join("")}.tmp`);
  try {
    const file = await open(beside, "wx", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await chmod(beside, 0o600);
    await rename(beside, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

export async function kindOf(path: string): Promise<FileKind | null> {
  try {
    const stat = await lstat(path);
    return stat.isSymbolicLink() ? "link" : stat.isFile() ? "file" : stat.isDirectory() ? "folder" : "other";
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** After a power failure the new name must be there, not only the new bytes. Not every system opens a folder. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r").catch(() => null);
  await folder?.sync().catch(() => {});
  await folder?.close();
}

export async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
}

/** The folder and not the file: a file that is replaced by renaming is seen once and never again, on every runtime. */
export async function watchFolder(path: string, changed: (name: string | null) => void): Promise<() => void> {
  // A Deno of 2.6 throws later, past everybody, where there is none.
  await lstat(path);
  let isEnded = false;
  const watcher = watch(path, (_, name) => {
    // Deno tells of what it knew already.
    if (!isEnded) changed(name);
  });
  watcher.on("error", () => {
    watcher.close();
    if (!isEnded) changed(null);
  });
  // That Deno also begins 5 ms later.
  if (deno) await new Promise((resolve) => setTimeout(resolve, 20));
  return () => {
    isEnded = true;
    watcher.close();
  };
}
