import type { Place } from "../findings/finding.ts";
import { looksLikeSecret } from "../token/access-key.ts";
import { readCredential } from "../token/fields.ts";
import type { Parameter, ParsedToken } from "../token/parse.ts";
import { isShowable } from "../token/showable.ts";
import type { Span } from "./rule.ts";
import { shownNames } from "./shown-name.ts";

/** How much is shown around what a finding is about. */
const before = 24;
const longest = 64;
const after = 12;
const hidden = "…";

/**
 * The piece of the token that a finding is about, with a little of what stands around it. Only the values of the token's
 * own parameters are shown, and of those neither the signature nor the session token: whatever else stands there may be
 * a secret in the wrong place. What cannot be seen becomes U+FFFD, so that positions stay true.
 */
export function placeOf(token: ParsedToken, span: Span): Place {
  const { text, mapped } = redacted(token, span);
  const from = Math.min(mapped.start, text.length);
  const to = Math.min(Math.max(mapped.end, from), text.length, from + longest);
  const start = Math.max(0, from - before);
  const end = Math.min(text.length, to + after);
  const lead = start > 0 ? hidden : "";
  return {
    text: `${lead}${text.slice(start, end)}${end < text.length ? hidden : ""}`.replace(
      /[\p{C}\p{Zl}\p{Zp}]/gu,
      "\ufffd",
    ),
    from: lead.length + from - start,
    to: lead.length + to - start,
  };
}

function redacted(token: ParsedToken, span: Span): { readonly text: string; readonly mapped: Span } {
  const names = shownNames(token);
  let text = "";
  let start: number | null = null;
  let end: number | null = null;
  /** Adds a piece of the token, and notes where the span's ends come to lie. */
  const add = (from: number, to: number, shown: string) => {
    const at = (position: number) =>
      shown.length === to - from ? text.length + position - from : text.length + (position > from ? shown.length : 0);
    if (start === null && span.start < to) start = at(Math.max(span.start, from));
    if (span.end > from) end = at(Math.min(span.end, to));
    text += shown;
  };
  const { host, path, parameters, fragment } = token;
  add(host.start, host.end, hostShown(host.text));
  add(path.start, path.end, isShowable(path.text) ? path.text : hidden);
  let position = path.end;
  for (const [index, parameter] of parameters.entries()) {
    // The ? or & before it; more of them where some stand together.
    add(position, parameter.start, token.text.slice(position, parameter.start).slice(0, 8));
    addParameter(parameter, names[index] ?? null, add, token.text);
    position = parameter.end;
  }
  const stop = fragment?.start ?? token.text.length;
  add(position, stop, token.text.slice(position, stop).slice(0, 8));
  if (fragment) add(fragment.start, fragment.end, `#${hidden}`);
  const first = start ?? text.length;
  return { text, mapped: { start: first, end: end ?? first } };
}

type Add = (from: number, to: number, shown: string) => void;

function addParameter(parameter: Parameter, name: string | null, add: Add, text: string): void {
  const { start, valueStart, end, raw } = parameter;
  if (name === null) {
    add(start, end, hidden);
    return;
  }
  add(start, valueStart, text.slice(start, valueStart));
  add(valueStart, end, isShown(parameter) ? raw : raw === "" ? "" : hidden);
}

/** Values that are no secrets, while they have a shape that they can have. */
function isShown({ name, raw, value }: Parameter): boolean {
  switch (name) {
    case "Action":
    case "User":
    case "ResourceType":
    case "X-Amz-Algorithm":
    case "X-Amz-Date":
    case "X-Amz-Expires":
    case "X-Amz-SignedHeaders":
      return isShowable(raw) && isShowable(value, name);
    case "X-Amz-Credential":
      return raw.length <= 200 && !/amz-|=/i.test(raw) && mayShow(value);
    default:
      return false;
  }
}

/** Unless a secret key, which may have slashes in it, stands where the key id belongs. */
function mayShow(credential: string): boolean {
  const read = readCredential(credential);
  return read !== null && !looksLikeSecret(read.accessKeyId);
}

/** A user and a password may stand before an @. */
function hostShown(host: string): string {
  if (/[=&]/.test(host)) return hidden;
  if (host.includes("@")) return `${hidden}@${hostShown(host.slice(host.lastIndexOf("@") + 1))}`;
  return /^[\w.:[\]-]{1,253}$/.test(host) || isShowable(host) ? host : hidden;
}
