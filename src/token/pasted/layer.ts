/** What stood around a token, or was done to it as a whole, one layer after the other from the outside in. */
export interface Layer {
  readonly rule:
    | "scheme-prefix"
    | "surrounding-whitespace"
    | "embedded-whitespace"
    | "quoted"
    | "escaped"
    | "url-unescaped"
    | "auth-without-user"
    | "unwrapped";
  /** In a few words, for the finding: `a line ending after it`, `an AUTH line`. */
  readonly what: string;
}

/** A layer taken off. */
export interface Unwrapped {
  readonly text: string;
  readonly layers: readonly Layer[];
  /** The user to log in as that stood beside the token, as in an AUTH line. */
  readonly user?: string | null;
  /** The host, perhaps with a port, that stood beside it, as in a URL. */
  readonly endpoint?: string | null;
}
