import type { Notice } from "../errors.ts";
import type { SharedFiles } from "./shared-files.ts";

/** MFA sessions that were made before; who keeps them, and how, is not known here. */
export interface StoredSessions {
  /** The text of the credentials file with the sessions' keys in the place of those that they are of. */
  place(files: SharedFiles): string;
  /** Of a profile whose keys sign: when its session ends, and what is worth saying; null where it has none. Throws where it has ended. */
  use(profile: string): { readonly expiration: Date | null; readonly notice: Notice | null } | null;
}
