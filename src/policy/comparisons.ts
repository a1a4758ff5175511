import { parseIpAddress } from "../target/ip-address.ts";
import { any, type Glob, literal, matches, one } from "./glob.ts";

type Compare = (value: string, pattern: Glob) => boolean;

/** How the value in the request is compared with one in the policy, by kind. What cannot be read equals nothing. */
export const compareBy = {
  text: (value, pattern) => matches(pattern, value),
  textIgnoringCase: (value, pattern) => matches(literal(textOf(pattern).toLowerCase()), value.toLowerCase()),
  address: (value, pattern) => isInNetwork(value, textOf(pattern)),
  arn: isOfArn,
  number: (holds) => (value, pattern) => withBoth(readNumber, value, pattern, holds),
  date: (holds) => (value, pattern) => withBoth(readDate, value, pattern, holds),
} as const satisfies {
  readonly text: Compare;
  readonly textIgnoringCase: Compare;
  readonly address: Compare;
  readonly arn: Compare;
  readonly number: (holds: (a: number, b: number) => boolean) => Compare;
  readonly date: (holds: (a: number, b: number) => boolean) => Compare;
};

function withBoth(
  read: (text: string) => number | null,
  value: string,
  pattern: Glob,
  holds: (a: number, b: number) => boolean,
): boolean {
  const [a, b] = [read(value), read(textOf(pattern))];
  return a !== null && b !== null && holds(a, b);
}

function readNumber(text: string): number | null {
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

/** W3C's ISO 8601 profile (NOTE-datetime), or whole seconds since 1970: "You can use either". In milliseconds. */
function readDate(text: string): number | null {
  if (/^\d{5,12}$/.test(text)) return Number(text) * 1000;
  const form = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?$/;
  const time = form.test(text) ? new Date(text).getTime() : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

/** An address, or a network as `10.0.0.0/8`; null where the text is neither. */
export function readNetwork(text: string): { readonly first: Uint8Array; readonly bits: number } | null {
  const [base = "", length, ...more] = text.split("/");
  const first = parseIpAddress(base);
  if (!first || more.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return null;
  const bits = length === undefined ? first.length * 8 : Number(length);
  return bits > first.length * 8 ? null : { first, bits };
}

/** IPv4 and IPv6 never equal each other. */
function isInNetwork(value: string, text: string): boolean {
  const [address, network] = [parseIpAddress(value), readNetwork(text)];
  if (!address || !network || address.length !== network.first.length) return false;
  return network.first.every((byte, index) => {
    const mask = 0xff & (0xff << Math.max(0, 8 - Math.max(0, network.bits - index * 8)));
    return (byte & mask) === ((address[index] ?? 0) & mask);
  });
}

/** Each of the six parts for itself: "Each of the six colon-delimited components of the ARN is checked separately". */
function isOfArn(value: string, pattern: Glob): boolean {
  const [values, patterns] = [arnParts(literal(value)), arnParts(pattern)];
  if (values === null || patterns === null) return false;
  return patterns.every((part, index) => matches(part, textOf(values[index] ?? [])));
}

/** What stands between the first five colons, and the rest; null where there are fewer. */
function arnParts(arn: Glob): readonly Glob[] | null {
  const colon = 0x3a;
  const parts: number[][] = [[]];
  for (const sign of arn) {
    if (sign === colon && parts.length < 6) parts.push([]);
    else parts.at(-1)?.push(sign);
  }
  return parts.length === 6 ? parts : null;
}

function textOf(glob: Glob): string {
  return glob.map((sign) => (sign === any ? "*" : sign === one ? "?" : String.fromCharCode(sign))).join("");
}
