import type { Permissions } from "../judge/access-string.ts";
import type { Naming } from "../naming.ts";
import type { Connection, Host, Net } from "../runtime.ts";
import type { Hub } from "./data/hub.ts";
import type { ConnectionFacts, ServerFacts } from "./data/server-facts.ts";
import type { Store } from "./data/store.ts";
import type { Decision, NodeAddress } from "./decision.ts";
import type { GateRules } from "./gate.ts";
import type { Unasked } from "./unasked.ts";
import type { UpstreamAddress } from "./upstream/open-upstream.ts";

export type EmulatorPorts = Pick<Host, "now" | "elapsedMs" | "after" | "random"> & { readonly net: Net };

/** What the connections of an emulator share. */
export interface Serving {
  readonly ports: EmulatorPorts;
  readonly rules: GateRules;
  readonly upstream: UpstreamAddress | null;
  readonly naming: Naming;
  readonly hub: Hub;
  readonly limits: ServingLimits;
  /** What a user may do with the built-in data; null for all. */
  permissionsOf(user: string | null): readonly Permissions[] | null;
  /** Numbers connections from 1. */
  nextId(): number;
  decided(what: Decided): void;
  notice(code: string, message: string, connection: number | null): void;
  readonly unasked: Unasked;
  /** Called when the emulator closes: what waits is not waited for any more. */
  readonly closers: Set<() => void>;
}

/** A decision before it is told. */
interface Decided extends Pick<Decision, "connection" | "user" | "accepted" | "findings" | "fault"> {
  readonly on: Pick<ServingNode, "address">;
}

/** One listener, and the data behind it. */
export interface ServingNode {
  /** Where it listens: known when it does. */
  address(): NodeAddress;
  readonly store: Store;
  readonly connections: Set<ConnectionFacts>;
  /** What it says of itself to a client that reached it so. */
  factsFor(connection: Connection): ServerFacts;
}

export interface ServingLimits {
  /** Whoever has not logged in by then is dropped. */
  readonly loginWithinMs: number;
  /** What may wait to be sent to one client that does not read. */
  readonly unsentBytes: number;
  /** How long a connection that ends may take to take what it was sent. */
  readonly lingerMs: number;
}

/** A reply has 64 MiB at most. */
export const usualLimits: ServingLimits = { loginWithinMs: 60_000, unsentBytes: 80 << 20, lingerMs: 1_000 };
