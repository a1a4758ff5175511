import type { Finding } from "../findings/finding.ts";
import { makeFinding } from "../findings/make-finding.ts";
import type { Kind } from "../target/kinds.ts";
import type { ConnectEvaluation } from "./check-connect.ts";
import { supportOf } from "./condition-keys.ts";
import { connectAction, type Role } from "./connect-arns.ts";
import type { PolicyDocument } from "./document.ts";
import { placeWords } from "./place-words.ts";
import { placeIn } from "./source.ts";
import { inWords, type Tell } from "./tell.ts";

/** That it depends on what is not known here. A key that may not be there at all is told as that, elsewhere. */
export function unknownFindings(
  documents: readonly PolicyDocument[],
  kind: Kind,
  { of }: ConnectEvaluation,
  tell: Tell,
): Finding[] {
  const isOpen = (key: string) => supportOf(kind, key) !== "undocumented";
  const depending = (["cache", "user"] as const satisfies readonly Role[]).filter(
    (role) => of[role].decision === "depends" && of[role].unknownKeys.some(isOpen),
  );
  if (depending.length === 0) return [];
  const keys = [...new Set(depending.flatMap((role) => of[role].unknownKeys))].filter(isOpen);
  const places = depending.flatMap((role) => of[role].statements);
  for (const place of places) for (const key of keys) tell(place, key);
  const where = [...new Set(places.map((place) => placeWords(documents, place)))];
  return [
    makeFinding("policy-condition-unknown", {
      likelihood: "certain",
      message: `Whether ${connectAction(kind)} is allowed on ${inWords(depending)} depends on ${keys.join(", ")}, which is not known here: ${where.join(", ")}.`,
      fix: `Compare it with what AWS has: ${[...new Set(keys.map(whatAnswers))].join(", ")}.`,
      place: places[0] && keys[0] !== undefined ? placeIn(documents, places[0], keys[0]) : null,
    }),
  ];
}

function whatAnswers(key: string): string {
  const lower = key.toLowerCase();
  if (lower.startsWith("aws:resourcetag/")) return "the tags of the cache and of the user";
  if (/^aws:(vpc)?sourceip$/.test(lower)) return "the address of the client";
  if (/^aws:sourcevpce?$/.test(lower)) return "the VPC and the endpoint that the client comes by";
  if (lower.startsWith("aws:multifactorauth")) return "whether whoever signs used MFA";
  return /^aws:(currenttime|epochtime)$/.test(lower) ? "the time of the login" : `what ${key} is for whoever signs`;
}
