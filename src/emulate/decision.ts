import type { Finding } from "../findings/finding.ts";

/** What was decided of one that wanted in. */
export interface Decision {
  /** RFC 3339 in UTC. */
  readonly time: string;
  /** Counted from 1. */
  readonly connection: number;
  /** As it was given, foreign text; null where no user was named. */
  readonly user: string | null;
  readonly accepted: boolean;
  /** Why not; warnings where it was accepted all the same. */
  readonly findings: readonly Finding[];
}
