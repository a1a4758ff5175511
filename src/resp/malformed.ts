/** Why bytes are no RESP, or more of it than was asked for. */
export type Malformed =
  | "unknown-type"
  | "bad-length"
  | "bad-line-ending"
  | "bad-integer"
  | "bad-big-number"
  | "bad-double"
  | "bad-boolean"
  | "bad-verbatim"
  | "unterminated-string"
  | "misplaced-end"
  | "misplaced-chunk"
  | "odd-map"
  | "attributes-of-nothing"
  | "line-too-long"
  | "too-deep"
  | "too-long"
  | "too-many-items";

/** Thrown and caught inside of the decoder only. */
export class MalformedResp extends Error {
  readonly reason: Malformed;
  readonly at: number;

  constructor(reason: Malformed, at: number) {
    super(reason);
    this.reason = reason;
    this.at = at;
  }
}
