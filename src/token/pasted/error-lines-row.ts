/** A text that servers, clients, TLS libraries or AWS show when a login fails, or seems to. */
export interface ErrorLineRow {
  readonly id: string;
  /** Fixed words of the text alone: what it matches is quoted, so no host, user or password may be in it. */
  readonly pattern: RegExp;
  /** What the text says about the login. */
  readonly means: string;
  /** The one thing to do next to get to the cause. */
  readonly next: string;
}
