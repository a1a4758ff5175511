import type { PolicyDocument } from "../policy/document.ts";
import type { Kind, Service } from "../target/kinds.ts";

/**
 * What AWS keeps and a login is judged by, as far as it is known: null is not known, and is not judged.
 */
export interface World {
  readonly target: WorldTarget;
  /** The record of the cache; null where there is none, absent where nobody looked. */
  readonly cache?: CacheRecord | null | undefined;
  /** Names of the caches of that kind that there are, where this one is not; null or absent is not known. */
  readonly otherCaches?: readonly string[] | null | undefined;
  /** User groups, which MemoryDB calls ACLs. */
  readonly groups: readonly Group[] | null;
  readonly users: readonly User[];
  readonly keys: readonly Key[];
  /** What IAM's simulator says of whoever signs, where their policies themselves are not known. */
  readonly simulated?: Simulated | null | undefined;
}

/** What AWS keeps of a cache. */
export interface CacheRecord {
  /** In lower case: available, creating, modifying and others. */
  readonly status: string;
  /** In lower case: redis, valkey; null is not known. */
  readonly engine: string | null;
  /** `7.1`, `7.1.0`, of serverless caches often `8` alone; null is not known. */
  readonly version: string | null;
  /** Whether clear text is refused, taken beside TLS, or all there is; null is not known. */
  readonly tls: "required" | "preferred" | "off" | null;
  /** All that lead to it: of the whole, for reading, of nodes. */
  readonly endpoints: readonly Endpoint[];
}

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** The cache that is logged in to. */
interface WorldTarget {
  readonly service: Service;
  readonly kind: Kind;
  /** Lower case. */
  readonly name: string;
  readonly region: string;
  readonly endpoint: Endpoint | null;
  /** Twelve digits. */
  readonly accountId: string | null;
}

export interface Group {
  readonly id: string;
  /** Ids of users. */
  readonly users: readonly string[];
  /** To this cache. */
  readonly attached: boolean;
  /** Being put in, and not in yet. */
  readonly joining?: readonly string[] | undefined;
  /** Being attached to this cache, and not attached yet. */
  readonly attaching?: boolean | undefined;
  /** In lower case: active, creating, modifying, deleting; absent is active. */
  readonly status?: string | undefined;
  /** In lower case: redis, valkey; absent is not known. */
  readonly engine?: string | undefined;
}

export interface User {
  /** What a token and an ARN name. */
  readonly id: string;
  /** What AUTH names. */
  readonly name: string;
  readonly authentication: "iam" | "password" | "no-password";
  readonly enabled: boolean;
  /** The access string: `on ~app:* +@read`. Where it does not say on, the user is off. */
  readonly access?: string | undefined;
  /** In lower case: active, modifying, deleting; absent is active. */
  readonly status?: string | undefined;
}

/** An access key that may sign. Its secret parts are never shown. */
export interface Key {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | null;
  readonly expiresAt: Date | null;
  readonly active: boolean;
  /** Of whoever has the key; null where none are modelled, and then all is allowed. */
  readonly policies: readonly PolicyDocument[] | null;
  /** What bounds them, a permissions boundary; null or absent where there is none. */
  readonly boundary?: readonly PolicyDocument[] | null | undefined;
  /** What bounds them from above, an organisation's policies; null or absent where there are none. */
  readonly organisation?: readonly PolicyDocument[] | null | undefined;
  /**
   * What the conditions of its policies see: a key that is not here the request does not have. Null is not known, and
   * then a policy may depend on it.
   */
  readonly context?: Readonly<Record<string, string | readonly string[]>> | null | undefined;
}

/** What IAM's simulator decides on each of the two resources of a connection. */
export interface Simulated {
  /** Whose policies were simulated. */
  readonly principal: string;
  readonly cache: SimulatedDecision;
  readonly user: SimulatedDecision;
}

export interface SimulatedDecision {
  readonly decision: "allowed" | "implicit-deny" | "explicit-deny";
  /** Names of the policies whose statements decided; none for an implicit deny. */
  readonly policies: readonly string[];
  /** Condition keys that those policies ask for and that were not handed in. */
  readonly missingKeys: readonly string[];
  /** Null where there is none, or nothing is said of it. */
  readonly allowedByBoundary: boolean | null;
  readonly allowedByOrganisation: boolean | null;
  /** What the tags of the resource are that conditions ask for; absent where none does, or where nobody looked. */
  readonly tags?: readonly ToldTag[] | undefined;
}

/** A condition key on a tag, as written in the policy, and the tag's value; null where there is no such tag. */
export interface ToldTag {
  readonly key: string;
  readonly value: string | null;
}

/** What came with AUTH, or with HELLO's AUTH. */
export interface Login {
  /** Null for AUTH with a password alone, which logs in as the user named default. */
  readonly user: string | null;
  /** The password, byte for byte. */
  readonly token: Uint8Array;
  /** The IP address that it came from, which policies may ask for; null or absent is not known. */
  readonly address?: string | null | undefined;
}
