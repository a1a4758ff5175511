/** What a token can be made with. */
import type { Started } from "./in-turn.ts";

/** The cache, user and region that all of them sign for. */
export const wanted = { name: "my-cache", user: "my-user", region: "us-east-1" } as const;

export interface Contender extends Started {
  readonly version: string;
  /** On disk, in bytes, without what it needs. */
  readonly bytes: number;
  /** What must be there besides, and its bytes; null where that is the system alone. */
  readonly needs: { readonly name: string; readonly bytes: number } | null;
  /** "token": its output is one for the cache that is wanted, and is verified. Otherwise what it is, and what it must look like. */
  readonly prints: "token" | { readonly what: string; readonly like: RegExp };
}

export interface Missing {
  readonly name: string;
  readonly why: string;
}
