import { CacheauthError, shown } from "../../errors.ts";
import type { Host } from "../../runtime.ts";
import { whyUnreadable } from "../why-unreadable.ts";

/** More than anybody writes by hand. */
const mostBytes = 4 << 20;

/** A file of UTF-8; rejects with code `users-file-unreadable`. */
export async function readTextFile(path: string, host: Pick<Host, "readFile">): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await host.readFile(path, mostBytes + 1);
  } catch (error) {
    throw unreadable(path, whyUnreadable(error));
  }
  if (bytes.length > mostBytes) throw unreadable(path, "it has more than 4 MiB");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw unreadable(path, "it is not UTF-8");
  }
}

function unreadable(path: string, why: string): CacheauthError {
  return new CacheauthError(
    "users-file-unreadable",
    `The users file ${shown(path)} cannot be read: ${why}.`,
    'Name a JSON file; the least it needs is { "users": ["NAME"] }.',
  );
}
