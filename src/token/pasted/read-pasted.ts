import { unwrapCommandLine } from "./command-line.ts";
import { decodeBytes } from "./decode-bytes.ts";
import { unwrapEnvironment } from "./environment.ts";
import { undoEscape } from "./escapes.ts";
import { unwrapJson } from "./json.ts";
import type { Layer, Unwrapped } from "./layer.ts";
import { hasTokenMarks, hasWholeSignature } from "./marks.ts";
import { unwrapUrl } from "./url.ts";

/** What was pasted, brought down to the token in it. */
export interface Pasted {
  /** The token; where there is none, the text as it came. */
  readonly text: string;
  /** What was taken off to get there, from the outside in. */
  readonly layers: readonly Layer[];
  readonly bytes: Uint8Array;
  /** Whether `text` has anything of a token. */
  readonly hasMarks: boolean;
  /** The user that stood beside the token, as in an AUTH line. */
  readonly user: string | null;
  /** The host that stood beside it, as in a URL. */
  readonly endpoint: string | null;
}

/** Deep enough for JSON in an environment line in quotes; a bound, for text can be made to unwrap for ever. */
const mostLayers = 8;

/**
 * Finds the token in what was pasted: takes off wrappers (a URL, an AUTH line, an environment line, JSON), and white
 * space, quotes, a scheme, line wraps and escapes, which would have been sent as part of the password.
 *
 * @example
 * ```ts
 * const { text, user } = readPasted(new TextEncoder().encode("AUTH me my-cache/?Action=connect"));
 * text; // "my-cache/?Action=connect"
 * user; // "me"
 * ```
 */
export function readPasted(bytes: Uint8Array): Pasted {
  const decoded = decodeBytes(bytes);
  let layers: readonly Layer[] = decoded.layers;
  let { text } = decoded;
  let user: string | null = null;
  let endpoint: string | null = null;
  for (let depth = 0; depth < mostLayers; depth += 1) {
    const taken = takeOff(text);
    if (!taken) break;
    text = taken.text;
    // White space around a wrapper is the wrapper's, not the token's.
    const isUnwrapped = taken.layers.some(({ rule }) => rule === "unwrapped");
    const before = isUnwrapped ? layers.filter(({ rule }) => rule !== "surrounding-whitespace") : layers;
    layers = [...before, ...taken.layers];
    user ??= taken.user ?? null;
    endpoint ??= taken.endpoint ?? null;
  }
  const hasMarks = hasTokenMarks(text);
  // Nothing was found in it: then nothing around it is worth a word, and what it is, is asked of the whole.
  return hasMarks
    ? { text, layers, bytes, hasMarks, user, endpoint }
    : { text: decoded.text, layers: decoded.layers, bytes, hasMarks, user: null, endpoint: null };
}

/** Whether it stood whole in something longer, with nothing wrong about it. */
export function isInside({ layers, hasMarks }: Pasted): boolean {
  return hasMarks && layers.length > 0 && layers.every(({ rule }) => rule === "unwrapped");
}

function takeOff(text: string): Unwrapped | null {
  const trimmed = trim(text);
  return (
    unwrapUrl(trimmed) ??
    unwrapJson(trimmed) ??
    unwrapEnvironment(trimmed) ??
    unwrapCommandLine(trimmed) ??
    takeWhiteSpace(text, trimmed) ??
    takeEscape(trimmed) ??
    takeQuotes(trimmed) ??
    takeScheme(trimmed) ??
    takeTextAround(trimmed) ??
    takeInnerWhiteSpace(trimmed)
  );
}

/** White space as Unicode has it, the byte order mark, and what has no width. */
const space = "[\\s\\u0000\\u00a0\\u200b-\\u200f\\u2028-\\u202f\\u2060\\ufeff]";
const one = new RegExp(space);
const leading = new RegExp(`^${space}+`);
const inner = new RegExp(`(?:\\u001b\\[[0-9;]*m|${space}|[\\u0001-\\u001f\\u007f-\\u009f\\u2066-\\u2069])+`, "g");

function trim(text: string): string {
  const start = leading.exec(text)?.[0].length ?? 0;
  let end = text.length;
  // By hand: a pattern that ends in $ tries every run of spaces inside a megabyte of them.
  while (end > start && one.test(text[end - 1] ?? "")) end -= 1;
  return text.slice(start, end);
}

function takeWhiteSpace(text: string, trimmed: string): Unwrapped | null {
  if (trimmed === text) return null;
  const start = text.indexOf(trimmed);
  const sides = [
    ...(start > 0 ? [`${spaceNames(text.slice(0, start))} before it`] : []),
    ...(start + trimmed.length < text.length ? [`${spaceNames(text.slice(start + trimmed.length))} after it`] : []),
  ];
  return { text: trimmed, layers: [{ rule: "surrounding-whitespace", what: sides.join(" and ") }] };
}

function spaceNames(spaces: string): string {
  if (spaces.includes("\u0000")) return spaces.length === 1 ? "a NUL byte" : "NUL bytes";
  if (spaces.includes("\ufeff")) return "a byte order mark";
  if (/^(?:\r?\n|\r)$/.test(spaces)) return "a line ending";
  if (/[\r\n]/.test(spaces)) return "line endings";
  if (/^ +$/.test(spaces)) return spaces.length === 1 ? "a space" : `${spaces.length} spaces`;
  return "white space";
}

function takeQuotes(text: string): Unwrapped | null {
  const opening = /^["'`“‘«„]/.test(text);
  const closing = /["'`”’»“]$/.test(text);
  if (!(opening || closing) || text.length < 2) return null;
  // A quote at one side of a text with other words belongs to one of those.
  if (!(opening && closing) && /\s/.test(text)) return null;
  const bare = text.slice(opening ? 1 : 0, closing ? -1 : undefined);
  if (!hasTokenMarks(bare)) return null;
  const what = opening && closing ? "quotes around it" : opening ? "a quote before it" : "a quote after it";
  return { text: bare, layers: [{ rule: "quoted", what }] };
}

function takeEscape(text: string): Unwrapped | null {
  const undone = undoEscape(text);
  return undone && { text: undone.text, layers: [{ rule: "escaped", what: undone.format }] };
}

/** `rediss://` alone before a token, with no user info, is a scheme like any other. */
function takeScheme(text: string): Unwrapped | null {
  const scheme = /^(?:https?|rediss?|valkeys?|tls):\/\//i.exec(text)?.[0];
  if (scheme === undefined || !hasTokenMarks(text.slice(scheme.length))) return null;
  return { text: text.slice(scheme.length), layers: [{ rule: "scheme-prefix", what: scheme.toLowerCase() }] };
}

/**
 * A line of a log or a chat with a token in it. A token that is wrapped into lines, each one word, is not that, nor is a
 * piece of one: it begins with a name and a ?.
 */
function takeTextAround(text: string): Unwrapped | null {
  if (!/\s/.test(text) || text.length > 65_536) return null;
  const words = text.split(/[\s"'`<>()]+/).filter((word) => word !== "");
  const marked = words.filter(hasTokenMarks);
  // In a log it may stand behind a name: password=my-cache/?Action=connect…
  const word = /^(?:[A-Za-z_][\w.]{0,40}=)?([^=&?]*\?[\s\S]*)$/.exec(marked[0] ?? "")?.[1];
  if (word === undefined || words.length < 2) return null;
  const isWrapped = text.split(/\r?\n/).every((line) => !/\s/.test(line.trim()));
  if (!hasWholeSignature(word) && (isWrapped || marked.length > 1 || marked[0] === words[0])) return null;
  const others = marked.filter(hasWholeSignature).length - 1;
  const what = others > 0 ? `a text with ${others + 1} tokens, the first of them` : "a text with other words in it";
  return { text: word.replace(/[.,;:]$/, ""), layers: [{ rule: "unwrapped", what }] };
}

function takeInnerWhiteSpace(text: string): Unwrapped | null {
  // Too long for any token, whatever is taken out of it.
  if (text.length > 65_536) return null;
  if (!hasTokenMarks(text) && !hasTokenMarks(text.replace(inner, ""))) return null;
  const found = text.match(inner);
  if (!found) return null;
  const wraps = found.filter((run) => /[\r\n]/.test(run)).length;
  const what =
    wraps === found.length
      ? `${wraps === 1 ? "a line ending" : `${wraps} line endings`} inside it`
      : found.every((run) => /^[ \t]+$/.test(run))
        ? `${found.length === 1 ? "a space" : `${found.length} spaces`} inside it`
        : "white space or control characters inside it";
  return { text: text.replace(inner, ""), layers: [{ rule: "embedded-whitespace", what }] };
}
