import { looksLikeSecret } from "./access-key.ts";

/** What the values of some parameters are made of, right or wrong; what else is there came from elsewhere. */
const shapes: Readonly<Record<string, RegExp>> = {
  "X-Amz-Algorithm": /^[A-Z0-9-]{0,40}$/,
  "X-Amz-Date": /^[\dTZ:.+ -]{0,40}$/,
  "X-Amz-Expires": /^[\d.+ -]{0,40}[a-z]{0,3}$/,
  "X-Amz-SignedHeaders": /^[a-z\d;-]{0,60}$|^Host$/,
};

/**
 * Whether a value that is no secret by its name may be shown: not if it is longer than any such value is, looks like a
 * secret key, or has swallowed another parameter, as where an & was lost.
 *
 * @param parameter the parameter whose value it is, where that is known
 */
export function isShowable(value: string, parameter = ""): boolean {
  const shape = shapes[parameter];
  if (shape && !shape.test(value)) return false;
  const pieces = [value, ...value.split(/[:/@]/)];
  return value.length <= 100 && !/amz-|secur|signature|token|=/i.test(value) && !pieces.some(looksLikeSecret);
}
