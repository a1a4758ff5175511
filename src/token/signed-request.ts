import { encodeRfc3986 } from "./encode.ts";
import { type CredentialScope, meantValue, type TokenFields } from "./fields.ts";
import { fromHex } from "./hex.ts";
import type { ParsedToken } from "./parse.ts";

/** What a signing key is good for: its day, region and service. */
export type Scope = Omit<CredentialScope, "accessKeyId">;

export type Query = readonly (readonly [name: string, value: string])[];

/** Everything that goes into a signature, as plain values: what a variant changes, and what a server computes with. */
export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly host: string;
  /** Decoded, in any order, without X-Amz-Signature. */
  readonly query: Query;
  /** How names and values are escaped in the canonical query; `encodeRfc3986` where the signer is right. */
  readonly encode: (text: string) => string;
  readonly signedHeaders: string;
  readonly payloadHash: string;
  /** X-Amz-Date, as the string to sign has it. */
  readonly date: string;
  /** The scope in the string to sign. */
  readonly scope: Scope;
  /** The scope that the signing key is derived for; the same one where the signer is right. */
  readonly keyScope: Scope;
  readonly secret: string;
}

/** What a token claims to have been signed, and its signature; or why that cannot be computed. */
export type Claim =
  | { readonly request: SignedRequest; readonly signature: Uint8Array }
  | { readonly request: null; readonly reason: string };

/** SHA-256 of nothing: a token has no body, and both services compute with this, not with UNSIGNED-PAYLOAD. */
export const emptyPayloadHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/**
 * What a token says was signed, with the parameters as they stand in it, duplicates included. Upper-case digits of the
 * signature are read as well: whether they are right is for lint to say.
 *
 * @example
 * ```ts
 * import { readFields } from "../../../src/token/fields.ts";
 * import { parseTokenText } from "../../../src/token/parse.ts";
 * const token = parseTokenText("my-cache/?Action=connect");
 * requestOf(token, readFields(token), "secret"); // { request: null, reason: "The token has no X-Amz-Credential of five parts." }
 * ```
 */
export function requestOf(token: ParsedToken, fields: TokenFields, secret: string): Claim {
  const { credential, parameters } = fields;
  const digits = parameters["X-Amz-Signature"]?.value ?? "";
  const date = meantValue(parameters["X-Amz-Date"]);
  const signedHeaders = meantValue(parameters["X-Amz-SignedHeaders"]);
  if (credential === null) return not("The token has no X-Amz-Credential of five parts.");
  if (!/^[0-9a-f]{64}$/i.test(digits)) return not("The token has no signature of 64 hexadecimal digits.");
  if (date === "") return not("The token has no X-Amz-Date.");
  if (signedHeaders !== "host") {
    return not("X-Amz-SignedHeaders is not host, and a token does not carry the values of other headers.");
  }
  const scope: Scope = {
    date: credential.date,
    region: credential.region,
    service: credential.service,
    terminator: credential.terminator,
  };
  return {
    signature: fromHex(digits),
    request: {
      method: "GET",
      path: token.path.text === "" ? "/" : token.path.text,
      host: token.host.text,
      query: token.parameters
        .filter(({ name }) => name !== "X-Amz-Signature")
        .map(({ name, value }) => [name, value] as const),
      encode: encodeRfc3986,
      signedHeaders,
      payloadHash: emptyPayloadHash,
      date,
      scope,
      keyScope: scope,
      secret,
    },
  };
}

function not(reason: string): Claim {
  return { request: null, reason };
}
