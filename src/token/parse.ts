/**
 * The token's text taken apart, whatever it is: it never throws, and every part knows where it stands. Nothing is judged
 * here. Signers differ in the order of parameters, in `+` or `%20` for a space, in the case of escapes and in whether
 * `/` stands before `?`: all of that reads the same.
 */

/** A piece of the text: `text.slice(start, end)`. */
interface Part {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface Parameter {
  /** Decoded. */
  readonly name: string;
  /** Decoded once: `+` is a space; a `%` that is no escape stays as it is. */
  readonly value: string;
  /** The value as it stands in the text. */
  readonly raw: string;
  readonly start: number;
  /** Where the value begins; the end of the parameter where it has no `=`. */
  readonly valueStart: number;
  readonly end: number;
  readonly hasEquals: boolean;
  /** A `%` that begins no escape, or escapes that are not UTF-8. */
  readonly fault: "escape" | "utf8" | null;
  /** The value was encoded twice: decoding `value` again gives `valueTwice`. */
  readonly valueTwice: string | null;
}

export interface ParsedToken {
  readonly text: string;
  /** What stands before the path: the name that was signed as host, perhaps with a port. Empty where there is none. */
  readonly host: Part;
  /** From the first `/` to the `?`; mostly `/`, empty where there is none. */
  readonly path: Part;
  /** Whether a `?` begins the parameters. */
  readonly hasQuestionMark: boolean;
  readonly parameters: readonly Parameter[];
  /** What follows a `#`, with it. */
  readonly fragment: Part | null;
}

/**
 * @example
 * ```ts
 * const { host, parameters } = parseTokenText("my-cache/?Action=connect&User=my%2Duser");
 * host.text; // "my-cache"
 * parameters[1]?.value; // "my-user"
 * ```
 */
export function parseTokenText(text: string): ParsedToken {
  const hash = text.indexOf("#");
  const end = hash < 0 ? text.length : hash;
  const body = hash < 0 ? text : text.slice(0, hash);
  // One that follows a = stands in a value: the one that begins the parameters is lost.
  const mark = body.indexOf("?");
  const question = body.slice(0, Math.max(mark, 0)).includes("=") ? -1 : mark;
  const queryStart = question < 0 ? queryWithoutMark(body) : question + 1;
  const headEnd = question < 0 ? queryStart : question;
  const slash = body.slice(0, headEnd).indexOf("/");
  const hostEnd = slash < 0 ? headEnd : slash;
  return {
    text,
    host: part(text, 0, hostEnd),
    path: part(text, hostEnd, headEnd),
    hasQuestionMark: question >= 0,
    parameters: parametersOf(text, queryStart, end),
    fragment: hash < 0 ? null : part(text, hash, text.length),
  };
}

/**
 * Percent-decoding of one value. Escapes that are no UTF-8, and percent signs that begin none, are told, and stay.
 *
 * @example
 * ```ts
 * decodeValue("a%2Fb").value; // "a/b"
 * decodeValue("100%").fault; // "escape"
 * ```
 */
export function decodeValue(raw: string): { readonly value: string; readonly fault: "escape" | "utf8" | null } {
  const text = raw.includes("+") ? raw.replaceAll("+", " ") : raw;
  if (!text.includes("%")) return { value: text, fault: null };
  try {
    return { value: decodeURIComponent(text), fault: null };
  } catch {
    const isEscape = !/%(?![0-9a-f]{2})/i.test(text);
    // As far as it can be: what is plain ASCII.
    const value = text.replace(/%([0-7][0-9a-f])/gi, (_, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 16)),
    );
    return { value, fault: isEscape ? "utf8" : "escape" };
  }
}

/**
 * Where the parameters begin in a text that has no `?`: after the first `/` if one of a token's parameters stands there,
 * else at its start, if there are any at all. (A `/` may also be part of a value, in a text that was cut.)
 */
function queryWithoutMark(body: string): number {
  if (!body.includes("=")) return body.length;
  const slash = body.indexOf("/");
  return slash >= 0 && /^&?(?:Action|User|ResourceType|X-Amz-[A-Za-z-]{4,20})=/i.test(body.slice(slash + 1, slash + 32))
    ? slash + 1
    : 0;
}

function parametersOf(text: string, start: number, end: number): Parameter[] {
  const found: Parameter[] = [];
  for (let from = start; from < end; ) {
    const ampersand = text.indexOf("&", from);
    const to = ampersand < 0 || ampersand > end ? end : ampersand;
    if (to > from) found.push(parameterOf(text, from, to));
    from = to + 1;
  }
  return found;
}

function parameterOf(text: string, start: number, end: number): Parameter {
  const written = text.slice(start, end);
  const equals = written.indexOf("=");
  const raw = equals < 0 ? "" : written.slice(equals + 1);
  const { value, fault } = decodeValue(raw);
  return {
    name: decodeValue(equals < 0 ? written : written.slice(0, equals)).value,
    value,
    raw,
    start,
    valueStart: equals < 0 ? end : start + equals + 1,
    end,
    hasEquals: equals >= 0,
    fault,
    valueTwice: fault === null ? decodedAgain(raw, value) : null,
  };
}

/** `%252F` was encoded twice; a `%25` before anything else is a percent sign. */
function decodedAgain(raw: string, value: string): string | null {
  if (!/%25[0-9a-f]{2}/i.test(raw)) return null;
  const again = decodeValue(value);
  return again.fault === null ? again.value : null;
}

function part(text: string, start: number, end: number): Part {
  return { text: text.slice(start, end), start, end };
}
