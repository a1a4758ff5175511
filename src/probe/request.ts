import type { Notice } from "../errors.ts";
import type { Expected } from "../lint/rule.ts";
import type { Hash, Host, Net } from "../runtime.ts";
import type { Target } from "../target/kinds.ts";
import type { Credentials } from "../token/sign.ts";

/** What is to be tried, and how. */
export interface ProbeRequest {
  readonly endpoint: { readonly host: string; readonly port: number };
  /** Null: nobody logs in. */
  readonly login: Login | null;
  /** What a token for this endpoint should be for, as far as that is known. */
  readonly expected: Expected;
  /** As of when a token is signed and judged. */
  readonly at: Date;
  /** By the clock: certificates are judged by it whatever `at` is. */
  readonly now: Date;
  /** Null in clear text. */
  readonly tls: ProbeTls | null;
  /** Null tries 3 and falls back to 2. */
  readonly resp: 2 | 3 | null;
  /** Null takes both. */
  readonly family: 4 | 6 | null;
  readonly allNodes: boolean;
  /** How many connections more are timed; 0 for none. */
  readonly repeat: number;
}

export interface ProbeTls {
  /** Whom the certificate must name: the host, or what --sni says. */
  readonly name: string;
  /** Null trusts the runtime's own authorities. */
  readonly ca: { readonly file: string; readonly pem: string; readonly subjects: readonly string[] } | null;
  readonly verify: boolean;
}

/** Credentials, and where they came from. */
export type FoundCredentials = Credentials & { readonly source: string; readonly notices: readonly Notice[] };

/** As whom, and where the token comes from. */
export type Login =
  | { readonly from: "credentials"; readonly user: string; readonly target: Target; find(): Promise<FoundCredentials> }
  /** Handed in. `find` gives the credentials to recompute its signature with, where there are any. */
  | {
      readonly from: "token";
      readonly user: string;
      readonly bytes: Uint8Array;
      find(): Promise<FoundCredentials | null>;
    };

/** What probing wants from the world. */
export interface ProbePorts {
  readonly net: Net;
  readonly hash: Hash;
  readonly clock: Pick<Host, "elapsedMs" | "after">;
}
