import type { Hash } from "../runtime.ts";
import { signatureOf } from "./canonical-request.ts";
import type { TokenFields } from "./fields.ts";
import type { ParsedToken } from "./parse.ts";
import { equalBytes, findVariant } from "./search.ts";
import { requestOf } from "./signed-request.ts";
import type { SigningKeys } from "./signing-key.ts";
import type { Known } from "./variants/variant.ts";

export type { Known } from "./variants/variant.ts";

/** What recomputing the signature tells. No text holds a secret or a signature. */
export interface SignatureCheck {
  /** `not-checked` where nothing can be concluded, which is no fault of the token's. */
  readonly status: "match" | "mismatch" | "not-checked";
  readonly reason: string;
  /** The mistake that reproduces the signature; null where there is none, or none is known that does. */
  readonly variant: { readonly id: string; readonly message: string; readonly fix: string } | null;
}

/** For whoever checks many. */
export interface CheckOptions {
  /** The caller's signing keys, kept from one check to the next. */
  readonly keys?: SigningKeys;
  /** Whether the mistake that reproduces a wrong signature is looked for, which takes up to 2,000 signatures. */
  readonly search?: boolean;
}

/** What a server reads before it knows the client; a longer token is refused unread. */
const longestToken = 16_384;

/**
 * Recomputes the signature of a token with the credentials at hand and, where it differs, looks for the mistake of the
 * signer that reproduces it.
 *
 * @example
 * ```ts
 * import { nodeHash } from "../../../src/node-runtime.ts";
 * import { readFields } from "../../../src/token/fields.ts";
 * import { parseTokenText } from "../../../src/token/parse.ts";
 * const token = parseTokenText("my-cache/?Action=connect&User=my-user");
 * const known = { credentials: { accessKeyId: "AKIA", secretAccessKey: "s" }, endpoint: null, name: null, user: null };
 * checkSignature(token, readFields(token), known, await nodeHash()).status; // "not-checked"
 * ```
 */
export function checkSignature(
  token: ParsedToken,
  fields: TokenFields,
  known: Known,
  hash: Hash,
  { keys = new Map(), search = true }: CheckOptions = {},
): SignatureCheck {
  const { accessKeyId, secretAccessKey } = known.credentials;
  // First: with another key every signature differs, and no variant says why.
  const signer = fields.credential?.accessKeyId ?? accessKeyId;
  if (signer !== accessKeyId) {
    return notChecked(
      `The token was signed with ${keyInWords(signer)}, and the credentials at hand are those of ${keyInWords(accessKeyId)}.`,
    );
  }
  if (token.text.length > longestToken) {
    return notChecked(`The token is longer than the ${longestToken} bytes that a server reads.`);
  }
  const claim = requestOf(token, fields, secretAccessKey);
  if (claim.request === null) return notChecked(claim.reason);

  const { request, signature } = claim;
  if (equalBytes(signatureOf(request, hash, keys), signature)) {
    return {
      status: "match",
      reason: "The signature is the one that these credentials give for this token.",
      variant: null,
    };
  }
  if (!search) {
    return {
      status: "mismatch",
      reason: "The signature is not the one that these credentials give for this token.",
      variant: null,
    };
  }
  // With keys of its own: those of hundreds of made-up scopes would drive out the ones that are used.
  const found = findVariant(request, signature, known, hash, new Map());
  return {
    status: "mismatch",
    reason: found
      ? "The signature is not the one that these credentials give for this token, but a known mistake reproduces it."
      : "The signature is not the one that these credentials give for this token, and no known mistake reproduces it: another secret key signed it, or the token was changed after signing.",
    variant: found && { id: found.id, message: found.message, fix: found.fix },
  };
}

function notChecked(reason: string): SignatureCheck {
  return { status: "not-checked", reason, variant: null };
}

/** Ids are public; what stands in their place may be a secret key. */
function keyInWords(accessKeyId: string): string {
  return /^A[KS]IA[A-Z0-9]{12,16}$/.test(accessKeyId) ? accessKeyId : "another key";
}
