import type { Judgement } from "../../lint/judgement.ts";
import type { Paper } from "../../terminal/report.ts";
import { wrap } from "../../terminal/wrap.ts";
import type { SignatureCheck } from "../../token/verify.ts";
import { judgementText } from "../judgement-text.ts";

type Verified = Judgement & { readonly signature: SignatureCheck };

/** What recomputing the signature gave, then what lint found. */
export function verifyText(verified: Verified, paper: Paper): string {
  const { status, reason, variant } = verified.signature;
  const { colour, width } = paper;
  const paint = { match: colour.green, mismatch: colour.red, "not-checked": colour.yellow }[status];
  const label = `signature: ${status === "not-checked" ? "not checked" : status}`;
  const named = variant === null ? "" : ` (${variant.id})`;
  const next = status === "match" && verified.counts.warning === 0 ? whatIsLeft(verified) : "";
  return `${wrap(`${label}${named}. ${reason}`, width - 2, 2).replace(label, paint(label))}\n\n${judgementText(verified, paper, next)}`;
}

/** A signature that matches says nothing of whether the token is for the cache and the user that were meant. */
function whatIsLeft({ expected }: Verified): string {
  if (!expected?.target || expected.user === null) {
    return "The signature is right for what the token itself says. Whether that is the cache and the user that are meant, only a comparison tells.";
  }
  return "The token is as it should be. What it cannot show is on AWS's side: that the user exists, is of the type iam and in a group that is attached to the cache, and that its policy allows connect on both, cache and user.";
}
