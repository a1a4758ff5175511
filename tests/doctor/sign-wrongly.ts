import type { Key } from "../../src/judge/world.ts";
import { signatureOf } from "../../src/token/canonical-request.ts";
import { encodeRfc3986 } from "../../src/token/encode.ts";
import { readFields } from "../../src/token/fields.ts";
import { toHex } from "../../src/token/hex.ts";
import { parseTokenText } from "../../src/token/parse.ts";
import { type Query, requestOf, type SignedRequest } from "../../src/token/signed-request.ts";
import { hash } from "../judge/sample.ts";

/** Signs the request of a good token once more, as a signer that has made a mistake: with other parameters, or another body. */
export function signWrongly(
  token: string,
  key: Key,
  change: (request: SignedRequest) => Partial<SignedRequest>,
): string {
  const parsed = parseTokenText(token);
  const { request } = requestOf(parsed, readFields(parsed), key.secretAccessKey);
  if (request === null) throw new Error("no request");
  const wrong = { ...request, ...change(request) };
  const query = wrong.query.map(([name, value]) => `${name}=${encodeRfc3986(value)}`).join("&");
  return `${wrong.host}/?${query}&X-Amz-Signature=${toHex(signatureOf(wrong, hash, new Map()))}`;
}

/** With a parameter of another value, or without it. */
export function withParameter({ query }: SignedRequest, name: string, value: string | null): { readonly query: Query } {
  const others = query.filter(([one]) => one !== name);
  return { query: value === null ? others : [...others, [name, value]] };
}
