import { readAccessString } from "./access-string.ts";
import type { User } from "./world.ts";

/** Whether a user is on by its record and by its access string; null of one that cannot be read or is not known. */
export function isOn({ enabled, access }: Pick<User, "enabled" | "access">): boolean {
  return enabled && accessSays(access) !== false;
}

export function accessSays(access: string | undefined): boolean | null {
  return access === undefined ? null : (readAccessString(access).access?.enabled ?? null);
}
