/** Folders whose content this user must be able to trust. */
import { chmod, lstat, mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

const isWindows = process.platform === "win32";

/**
 * Makes it for this user alone, or sees that what is there is a folder of this user's which nobody else may write to: whoever may
 * could put another file in the place of ours. `isPrivate` shuts others out of what is there, too.
 */
export async function makeOwnFolder(path: string, isPrivate: boolean): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (isWindows) return;
  // A link to a folder is one's own way to say where it is; within a folder of our own nobody needs one.
  const { uid, mode } = await (isPrivate ? lstat : stat)(path);
  if (uid !== process.geteuid?.()) throw notOwn("owner");
  if (isPrivate && (mode & 0o170_000) !== 0o040_000) throw notOwn("link");
  if (isPrivate && (mode & 0o077) !== 0) await chmod(path, 0o700);
  else if ((mode & 0o022) !== 0) throw notOwn("writable");
}

/** By the names that files.ts gives them; a younger one may still be written. */
export async function removeUnfinished(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /^\.[0-9a-f]{16}\.tmp$/.test(name));
  for (const name of names) {
    const path = join(folder, name);
    const { mtimeMs } = await lstat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (Date.now() - mtimeMs > 60_000) await rm(path, { force: true });
  }
}

function notOwn(why: "owner" | "link" | "writable"): Error {
  return Object.assign(new Error("the folder is not this user's alone"), { code: "ENOTOWN", why });
}
