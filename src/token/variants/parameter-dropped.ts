import { emptyPayloadHash, type SignedRequest } from "../signed-request.ts";
import { hasParameter, withParameter } from "./query-changes.ts";
import type { Candidate, Known, Variant } from "./variant.ts";

/**
 * What signers sign and people take away again: the parameters that every token has, the API versions of ElastiCache
 * and MemoryDB, what SDKs add for S3 and by habit.
 */
const usual = [
  ["X-Amz-Expires", "900"],
  ["Action", "connect"],
  ["X-Amz-Algorithm", "AWS4-HMAC-SHA256"],
  ["Version", "2015-02-02"],
  ["Version", "2021-01-01"],
  ["x-id", "connect"],
  ["x-id", "Connect"],
  ["X-Amz-Expires", "60"],
  ["X-Amz-Expires", "300"],
  ["X-Amz-Expires", "3600"],
] as const;

export const parameterDropped: Variant = {
  id: "parameter-dropped",
  inPairs: 8,
  *candidates(request, known) {
    for (const [name, value] of parametersOf(known)) {
      if (!hasParameter(request, name)) yield dropped(withParameter(request, name, value), name, value);
    }
    const checksum = "X-Amz-Content-Sha256";
    if (hasParameter(request, checksum)) return;
    // S3's signers put the payload hash there, and compute with it.
    for (const value of ["UNSIGNED-PAYLOAD", emptyPayloadHash]) {
      const signed = withParameter(request, checksum, value);
      yield dropped({ ...signed, payloadHash: value }, checksum, value);
      yield dropped(signed, checksum, value);
    }
  },
};

function parametersOf({ user }: Known): (readonly [string, string])[] {
  return user === null ? [...usual] : [["User", user], ...usual];
}

function dropped(request: SignedRequest, name: string, value: string): Candidate {
  const payload = name === "X-Amz-Content-Sha256" && request.payloadHash === "UNSIGNED-PAYLOAD";
  return {
    request,
    message: `The signature is that of a request with ${name}=${value}${payload ? ", and with that as payload hash" : ""}; the token does not have it.`,
    fix: `Leave the token as it was signed, or sign without ${name}${payload ? " and with the hash of the empty body" : ""}.`,
  };
}
