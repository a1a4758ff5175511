import type { Role } from "./connect-arns.ts";
import type { StatementPlace } from "./document.ts";

/** Notes what was told, by its statement and the resource or key in it: one mistake gives one finding. */
export type Tell = (place: StatementPlace, what: string) => void;

/** `the cache and the user` */
export function inWords(some: readonly Role[]): string {
  return some.map((role) => `the ${role}`).join(" and ");
}
