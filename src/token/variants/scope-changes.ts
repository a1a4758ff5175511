import type { SignedRequest } from "../signed-request.ts";
import { withValues } from "./query-changes.ts";
import type { Candidate } from "./variant.ts";

type ScopePart = "date" | "region" | "service";

/**
 * Two ways to come to another day, region or service: the key alone was derived with it, or all was signed with it and
 * the token's X-Amz-Credential was edited afterwards.
 */
export function* scopeCandidates(request: SignedRequest, part: ScopePart, value: string): Iterable<Candidate> {
  const shown = request.scope[part];
  if (value === shown) return;
  const scope = { ...request.scope, [part]: value };
  yield {
    request: {
      ...withValues(request, "X-Amz-Credential", (text) => credentialWith(text, part, value)),
      scope,
      keyScope: scope,
    },
    message: `The signature is that of a request whose scope has the ${part} ${value}; X-Amz-Credential in the token says ${shown}.`,
    fix: `Sign with the ${part} that the token is to have, and leave X-Amz-Credential as it was signed.`,
  };
  yield {
    request: { ...request, keyScope: { ...request.keyScope, [part]: value } },
    message: `The signature was made with a key derived for the ${part} ${value}; AWS derives it for ${shown}, as X-Amz-Credential says.`,
    fix: `Derive the signing key with the same ${part} that stands in X-Amz-Credential.`,
  };
}

const place = { date: 1, region: 2, service: 3 } as const;

function credentialWith(text: string, part: ScopePart, value: string): string {
  const parts = text.split("/");
  return parts.length === 5 ? parts.with(place[part], value).join("/") : text;
}
