/**
 * Takes a token's pieces out of what others say: a server may say it back, whole, cut, decoded, turned round. What is compared
 * is what text comes to without its percent-encoding and in lower case, so that no form of it gets by.
 */

/** A stretch that long in common with a secret of the token, or with the token, is a piece of it. */
const pieceOfSecret = 8;
const pieceOfToken = 16;

const mark = "[token]";

/** Without any piece of the token; the user and the cache that it names are no secret and stay. */
export function withoutToken(token: string): (text: string) => string {
  const plain = plainForm(token);
  const secret = piecesOf(plain, pieceOfSecret, inside(secretsOf(plain.text)));
  const isPublic = inside(publicOf(plain.text));
  const whole = piecesOf(plain, pieceOfToken, (start, end) => !isPublic(start, end));
  return (text) => withoutPieces(text, [secret, whole]);
}

/** Every text inside of a value without any piece of the token's signature or session token. */
export function withoutSecretsIn<T>(value: T, token: string): T {
  const plain = plainForm(token);
  const secret = piecesOf(plain, pieceOfSecret, inside(secretsOf(plain.text)));
  return changed(value, (text) => withoutPieces(text, [secret])) as T;
}

function changed(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((inner) => changed(inner, change));
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, changed(inner, change)]));
}

interface PlainForm {
  readonly text: string;
  /** For each of its characters, where in the original it begins; at the end, the original's length. */
  readonly starts: readonly number[];
}

/** Percent-encoding undone, also where it is twice or thrice; a plus is the space that it stands for in a query. */
function plainForm(original: string): PlainForm {
  let chars = [...original.split("")];
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
  const text = chars
    .join("")
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replaceAll("+", " ");
  return { text, starts: [...starts, original.length] };
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

/** Every piece of that length that counts, and each turned round. */
function piecesOf(
  { text }: PlainForm,
  length: number,
  counts: (start: number, end: number) => boolean,
): ReadonlySet<string> {
  const pieces = new Set<string>();
  for (let start = 0; start + length <= text.length; start += 1) {
    if (!counts(start, start + length)) continue;
    const piece = text.slice(start, start + length);
    pieces.add(piece).add([...piece].reverse().join(""));
  }
  return pieces;
}

function withoutPieces(original: string, sets: readonly ReadonlySet<string>[]): string {
  const { text, starts } = plainForm(original);
  const hidden = new Uint8Array(original.length);
  for (const pieces of sets) {
    const length = pieces.values().next().value?.length ?? 0;
    for (let start = 0; length > 0 && start + length <= text.length; start += 1) {
      if (pieces.has(text.slice(start, start + length))) hidden.fill(1, starts[start], starts[start + length]);
    }
  }
  let shown = "";
  for (let index = 0; index < original.length; index += 1) {
    if (!hidden[index]) shown += original[index];
    else if (index === 0 || !hidden[index - 1]) shown += mark;
  }
  return shown;
}
