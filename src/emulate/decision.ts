import type { Notice } from "../errors.ts";
import type { Finding } from "../findings/finding.ts";
import type { FaultKind } from "./faults.ts";

/** What was decided of one that wanted in. */
export interface Decision {
  /** RFC 3339 in UTC. */
  readonly time: string;
  /** Counted from 1. */
  readonly connection: number;
  /** Where it listens that this came to. */
  readonly node: NodeAddress;
  /** As it was given, foreign text; null where no user was named. */
  readonly user: string | null;
  readonly accepted: boolean;
  /** What went wrong on purpose with it. */
  readonly fault: FaultKind | null;
  /** Why not; warnings where it was accepted all the same. */
  readonly findings: readonly Finding[];
}

export interface NodeAddress {
  readonly host: string;
  readonly port: number;
}

/** What is worth knowing besides, while it runs. */
export interface RunningNotice extends Notice {
  /** RFC 3339 in UTC. */
  readonly time: string;
  /** Null where it is about none, or about several. */
  readonly connection: number | null;
}
