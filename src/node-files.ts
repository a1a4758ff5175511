/** Files and folders that hold what others must not read. */
import { watch } from "node:fs";
import { chmod, mkdir, mkdtemp, open, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

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
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

export async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
}

/** The folder and not the file: a file that is replaced by renaming is seen once and never again, on every runtime. */
export function watchFolder(path: string, changed: (name: string | null) => void): () => void {
  const watcher = watch(path, (_, name) => changed(name));
  watcher.on("error", () => {
    watcher.close();
    changed(null);
  });
  return () => watcher.close();
}
