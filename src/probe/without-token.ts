/**
 * Takes a token's pieces out of what others say: a server may say it back, whole, cut, decoded, turned round. Text is compared
 * as it stands and as it reads without its percent-encoding, both in lower case, forwards and backwards. A percent sign that
 * happens to stand before a decoded piece makes an escape of its first letters: such a text is looked at as it stands too.
 */

/** A stretch that long in common with a secret of the token, or with the token, is a piece of it. */
const pieceOfSecret = 8;
const pieceOfToken = 16;

const mark = "[token]";

/** Without any piece of the token; the user and the cache that it names are no secret and stay. */
export function withoutToken(token: string): (text: string) => string {
  if (last?.token !== token) last = { token, change: without([...secretPieces(token), ...wholePieces(token)]) };
  return last.change;
}

/** There is one token at a time, and all that a server says is searched for it. */
let last: { readonly token: string; readonly change: (text: string) => string } | null = null;

/** Every text inside of a value without any piece of the token's signature or session token. */
export function withoutSecretsIn<T>(value: T, token: string): T {
  return changed(value, without(secretPieces(token))) as T;
}

function changed(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((inner) => changed(inner, change));
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, changed(inner, change)]));
}

/** A text in a form in which it is compared. */
interface Form {
  readonly text: string;
  /** For each of its characters, where in the original it begins; at the end, the original's length. Null: at the same place. */
  readonly starts: readonly number[] | null;
}

type ReadAs = (original: string) => Form;

const asItStands: ReadAs = (original) => ({ text: lowerCase(original), starts: null });

/** As it stands but for the pluses, which are the spaces that they stand for in a query. */
const withSpaces: ReadAs = (original) => ({ text: lowerCase(original).replaceAll("+", " "), starts: null });

/** Percent-encoding undone, also where it is twice or thrice; a plus is the space that it stands for in a query. */
const decoded: ReadAs = (original) => {
  if (!/[%+]/.test(original)) return asItStands(original);
  let chars = original.split("");
  let starts = chars.map((_, index) => index);
  for (let round = 0; round < 3 && chars.includes("%"); round += 1) {
    const [nextChars, nextStarts]: [string[], number[]] = [[], []];
    for (let index = 0; index < chars.length; index += 1) {
      nextStarts.push(starts[index] ?? 0);
      const hex = chars[index] === "%" ? `${chars[index + 1]}${chars[index + 2]}` : "";
      const isEscape = /^[0-9a-f]{2}$/i.test(hex);
      nextChars.push(isEscape ? String.fromCharCode(Number.parseInt(hex, 16)) : (chars[index] ?? ""));
      if (isEscape) index += 2;
    }
    [chars, starts] = [nextChars, nextStarts];
  }
  return { text: lowerCase(chars.join("")).replaceAll("+", " "), starts: [...starts, original.length] };
};

/** ASCII alone: other letters may change in length. */
function lowerCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Pieces of one length, and the forms in which a text is searched for them. */
interface Pieces {
  readonly readings: readonly ReadAs[];
  readonly length: number;
  /** Made when the first text is searched that is long enough: most of what a server says is a word. */
  all(): ReadonlySet<string>;
}

/** The forms of the token, the first of each; and in which a text is searched for its pieces, all of each. */
const forms: readonly (readonly [ReadAs, ...ReadAs[]])[] = [[asItStands], [decoded, withSpaces]];

function secretPieces(token: string): Pieces[] {
  return forms.map((form) => piecesOf(token, form, pieceOfSecret, (text) => inside(secretsOf(text))));
}

function wholePieces(token: string): Pieces[] {
  return forms.map((form) =>
    piecesOf(token, form, pieceOfToken, (text) => {
      const isPublic = inside(publicOf(text));
      return (start, end) => !isPublic(start, end);
    }),
  );
}

type Range = readonly [start: number, end: number];

function rangesOf(text: string, pattern: RegExp): Range[] {
  return [...text.matchAll(pattern)].map(({ index, 0: all, 1: value = "" }) => {
    const start = index + all.length - value.length;
    return [start, start + value.length];
  });
}

const secretsOf = (token: string) => rangesOf(token, /x-amz-(?:signature|security-token)=([^&]*)/g);

/** What has the form of a name: a value that lost its & may hold anything. */
const publicOf = (token: string) => [
  ...rangesOf(token, /^([\w.-]{1,253})(?=[/?:])/g),
  ...rangesOf(token, /[?&]user=([\w.-]{1,128})(?=&|$)/g),
];

function inside(ranges: readonly Range[]): (start: number, end: number) => boolean {
  return (start, end) => ranges.some(([from, to]) => from <= start && end <= to);
}

function piecesOf(
  token: string,
  readings: readonly [ReadAs, ...ReadAs[]],
  length: number,
  counting: (text: string) => (start: number, end: number) => boolean,
): Pieces {
  let made: Set<string> | null = null;
  const make = () => {
    const { text } = readings[0](token);
    const counts = counting(text);
    const all = new Set<string>();
    for (let start = 0; start + length <= text.length; start += 1)
      if (counts(start, start + length)) all.add(text.slice(start, start + length));
    return all;
  };
  return {
    readings,
    length,
    all() {
      made ??= make();
      return made;
    },
  };
}

function without(pieces: readonly Pieces[]): (text: string) => string {
  const shortest = Math.min(...pieces.map(({ length }) => length));
  return (original) => {
    // No form of a text is longer than the text.
    if (original.length < shortest) return original;
    const hidden = new Uint8Array(original.length);
    const backwards = new Uint8Array(original.length);
    const turned = original.split("").reverse().join("");
    let isClean = true;
    for (const each of pieces) {
      if (hide(each, original, hidden)) isClean = false;
      if (hide(each, turned, backwards)) isClean = false;
    }
    if (isClean) return original;
    backwards.reverse();
    let shown = "";
    let wasHidden = false;
    for (let index = 0; index < original.length; index += 1) {
      const isHidden = hidden[index] === 1 || backwards[index] === 1;
      if (!isHidden) shown += original[index];
      else if (!wasHidden) shown += mark;
      wasHidden = isHidden;
    }
    return shown;
  };
}

/** Whether there was anything to hide. */
function hide({ readings, length, all }: Pieces, original: string, hidden: Uint8Array): boolean {
  if (original.length < length) return false;
  // Without an escape in it, both read the same.
  const different = original.includes("%") ? readings : readings.slice(0, 1);
  return different.map((readAs) => hideIn(readAs(original), length, all(), hidden)).includes(true);
}

function hideIn({ text, starts }: Form, length: number, pieces: ReadonlySet<string>, hidden: Uint8Array): boolean {
  let isFound = false;
  for (let start = 0; start + length <= text.length; start += 1) {
    const end = start + length;
    if (!pieces.has(text.slice(start, end))) continue;
    hidden.fill(1, starts === null ? start : starts[start], starts === null ? end : starts[end]);
    isFound = true;
  }
  return isFound;
}
