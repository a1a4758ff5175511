import type { SignedRequest } from "../signed-request.ts";

/** What is known besides the token: the credentials at hand and what flags said; null where nothing was said. */
export interface Known {
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string | undefined;
  };
  readonly endpoint: { readonly host: string; readonly port: number | null } | null;
  readonly name: string | null;
  readonly user: string | null;
}

/** A request that a signer may have signed instead, and what that says. No text holds a secret. */
export interface Candidate {
  readonly request: SignedRequest;
  /** What reproduces the signature, and what AWS computes with instead. */
  readonly message: string;
  /** What to change in the program that signed. */
  readonly fix: string;
}

/** One way for a signature to be wrong. Its id is permanent. */
export interface Variant {
  readonly id: string;
  /** How many of its candidates, the likeliest, are tried together with another variant's. */
  readonly inPairs: number;
  /** The likeliest first. What equals the token's own request is skipped. */
  candidates(request: SignedRequest, known: Known): Iterable<Candidate>;
}
