import type { PolicyDocument } from "../policy/document.ts";
import type { Kind, Service } from "../target/kinds.ts";

/**
 * What AWS keeps and a login is judged by, as far as it is known: null is not known, and is not judged.
 */
export interface World {
  readonly target: WorldTarget;
  /** User groups, which MemoryDB calls ACLs. */
  readonly groups: readonly Group[] | null;
  readonly users: readonly User[];
  readonly keys: readonly Key[];
}

/** The cache that is logged in to. */
interface WorldTarget {
  readonly service: Service;
  readonly kind: Kind;
  /** Lower case. */
  readonly name: string;
  readonly region: string;
  readonly endpoint: { readonly host: string; readonly port: number } | null;
  /** Twelve digits. */
  readonly accountId: string | null;
}

export interface Group {
  readonly id: string;
  /** Ids of users. */
  readonly users: readonly string[];
  /** To this cache. */
  readonly attached: boolean;
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
  /**
   * What the conditions of its policies see: a key that is not here the request does not have. Null is not known, and
   * then a policy may depend on it.
   */
  readonly context?: Readonly<Record<string, string | readonly string[]>> | null | undefined;
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
