import type { RespValue } from "../../src/resp/value.ts";
import { array, bulk, error, integer, map, simple } from "../../src/resp/value.ts";

const set = (...items: RespValue[]): RespValue => ({ type: "set", items });
const push = (...items: RespValue[]): RespValue => ({ type: "push", items });
const double = (value: number): RespValue => ({ type: "double", value });
const big = (value: bigint): RespValue => ({ type: "big-number", value });
const verbatim = (format: string, text: string): RespValue => ({
  type: "verbatim-string",
  format,
  bytes: new TextEncoder().encode(text),
});
const bulkError = (text: string): RespValue => ({ type: "bulk-error", bytes: new TextEncoder().encode(text) });
const yes: RespValue = { type: "boolean", value: true };
const no: RespValue = { type: "boolean", value: false };

/**
 * What is sent, the values that it says, and whether the values are sent just so again.
 *
 * Sources: "spec", the examples of https://github.com/redis/redis-specifications/blob/master/protocol/RESP3.md (1.6); "docs", the
 * grammar of https://redis.io/docs/latest/develop/reference/protocol-spec/; "redis-server", what 7.0.15 was seen to send.
 */
export const vectors: readonly {
  readonly source: string;
  readonly sent: string;
  readonly values: readonly RespValue[];
  readonly canonical: boolean;
}[] = [
  of("spec: blob string", "$11\r\nhello world\r\n", bulk("hello world")),
  of("spec: empty blob string", "$0\r\n\r\n", bulk("")),
  of("spec: simple string", "+hello world\r\n", simple("hello world")),
  of("spec: simple error", "-ERR this is the error description\r\n", error("ERR this is the error description")),
  of("spec: number", ":1234\r\n", integer(1234)),
  of("spec: null", "_\r\n", { type: "null", form: "null" }),
  of("spec: double", ",1.23\r\n", double(1.23)),
  of("spec: number and double", ":10\r\n,10\r\n", integer(10), double(10)),
  of("spec: infinities and nan", ",inf\r\n,-inf\r\n,nan\r\n", double(Infinity), double(-Infinity), double(Number.NaN)),
  other("spec: nan of old servers", ",-nan\r\n,NAN\r\n,nan(0x7)\r\n", ...[1, 2, 3].map(() => double(Number.NaN))),
  other("spec: exponents", ",1e1\r\n,-1.1E+1\r\n,2e-3\r\n", double(10), double(-11), double(0.002)),
  of("spec: booleans", "#t\r\n#f\r\n", yes, no),
  of("spec: blob error", "!21\r\nSYNTAX invalid syntax\r\n", bulkError("SYNTAX invalid syntax")),
  of("spec: verbatim string", "=15\r\ntxt:Some string\r\n", verbatim("txt", "Some string")),
  of("docs: empty verbatim string", "=4\r\nmkd:\r\n", verbatim("mkd", "")),
  of(
    "spec: big number",
    "(3492890328409238509324850943850943825024385\r\n",
    big(3492890328409238509324850943850943825024385n),
  ),
  other("docs: signs", ":+1\r\n:-1\r\n:-0\r\n(+7\r\n(-7\r\n,+1\r\n", ...signed()),
  of("spec: array", "*3\r\n:1\r\n:2\r\n:3\r\n", array([integer(1), integer(2), integer(3)])),
  of(
    "spec: nested array",
    "*2\r\n*3\r\n:1\r\n$5\r\nhello\r\n:2\r\n#f\r\n",
    array([array([integer(1), bulk("hello"), integer(2)]), no]),
  ),
  of(
    "spec: map",
    "%2\r\n+first\r\n:1\r\n+second\r\n:2\r\n",
    map([
      [simple("first"), integer(1)],
      [simple("second"), integer(2)],
    ]),
  ),
  of(
    "spec: set",
    "~5\r\n+orange\r\n+apple\r\n#t\r\n:100\r\n:999\r\n",
    set(simple("orange"), simple("apple"), yes, integer(100), integer(999)),
  ),
  of(
    "spec: attributes of a reply",
    "|1\r\n+key-popularity\r\n%2\r\n$1\r\na\r\n,0.1923\r\n$1\r\nb\r\n,0.0012\r\n*2\r\n:2039123\r\n:9543892\r\n",
    {
      ...array([integer(2039123), integer(9543892)]),
      attributes: [
        [
          simple("key-popularity"),
          map([
            [bulk("a"), double(0.1923)],
            [bulk("b"), double(0.0012)],
          ]),
        ],
      ],
    },
  ),
  of(
    "spec: attributes of an element",
    "*3\r\n:1\r\n:2\r\n|1\r\n+ttl\r\n:3600\r\n:3\r\n",
    array([integer(1), integer(2), { ...integer(3), attributes: [[simple("ttl"), integer(3600)]] }]),
  ),
  other("attributes twice", "|1\r\n+a\r\n:1\r\n|0\r\n|1\r\n+b\r\n:2\r\n:3\r\n", {
    ...integer(3),
    attributes: [
      [simple("a"), integer(1)],
      [simple("b"), integer(2)],
    ],
  }),
  of("attributes of attributes", "|1\r\n|1\r\n+a\r\n:1\r\n+b\r\n:2\r\n+c\r\n", {
    ...simple("c"),
    attributes: [[{ ...simple("b"), attributes: [[simple("a"), integer(1)]] }, integer(2)]],
  }),
  of(
    "spec: a push and a reply",
    ">3\r\n+message\r\n+somechannel\r\n+this is the message\r\n$9\r\nGet-Reply\r\n",
    push(simple("message"), simple("somechannel"), simple("this is the message")),
    bulk("Get-Reply"),
  ),
  other("spec: streamed string", "$?\r\n;4\r\nHell\r\n;5\r\no wor\r\n;1\r\nd\r\n;0\r\n", bulk("Hello word")),
  other("streamed string of nothing", "$?\r\n;0\r\n", bulk("")),
  other("spec: streamed array", "*?\r\n:1\r\n:2\r\n:3\r\n.\r\n", array([integer(1), integer(2), integer(3)])),
  other(
    "spec: streamed map",
    "%?\r\n+a\r\n:1\r\n+b\r\n:2\r\n.\r\n",
    map([
      [simple("a"), integer(1)],
      [simple("b"), integer(2)],
    ]),
  ),
  other(
    "streamed set in a streamed array",
    "*?\r\n~?\r\n:1\r\n.\r\n*?\r\n.\r\n.\r\n",
    array([set(integer(1)), array([])]),
  ),
  of("RESP2 nulls", "$-1\r\n*-1\r\n", { type: "null", form: "bulk" }, { type: "null", form: "array" }),
  of(
    "docs: nulls in an array",
    "*3\r\n$5\r\nhello\r\n$-1\r\n*-1\r\n",
    array([bulk("hello"), nil("bulk"), nil("array")]),
  ),
  of("empty aggregates", "*0\r\n~0\r\n%0\r\n>0\r\n", array([]), set(), map([]), push()),
  of("empty lines", "+\r\n-\r\n!0\r\n\r\n", simple(""), error(""), bulkError("")),
  of("bytes of every kind", "$6\r\n\r\n\0\xff$1\r\n", { type: "bulk-string", bytes: bytesOf("\r\n\0\xff$1") }),
  of("an emoji", `$4\r\n${latin1("🔑")}\r\n+${latin1("é")}\r\n`, bulk("🔑"), simple("é")),
  of("64 bits", ":9223372036854775807\r\n:-9223372036854775808\r\n", integer(2n ** 63n - 1n), integer(-(2n ** 63n))),
  of(
    "doubles to their limits",
    ",1.7976931348623157e+308\r\n,5e-324\r\n,-0\r\n",
    double(Number.MAX_VALUE),
    double(5e-324),
    double(-0),
  ),
  of(
    "redis-server: SUBSCRIBE in MULTI has a push in the reply",
    "*1\r\n>3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n",
    array([push(bulk("subscribe"), bulk("a"), integer(1))]),
  ),
  of(
    "redis-server: verbatim with a line ending",
    "=29\r\ntxt:This is a verbatim\nstring\r\n",
    verbatim("txt", "This is a verbatim\nstring"),
  ),
];

function of(source: string, sent: string, ...values: RespValue[]) {
  return { source, sent, values, canonical: true };
}

function other(source: string, sent: string, ...values: RespValue[]) {
  return { source, sent, values, canonical: false };
}

function signed(): RespValue[] {
  return [integer(1), integer(-1), integer(0), big(7n), big(-7n), double(1)];
}

function nil(form: "bulk" | "array"): RespValue {
  return { type: "null", form };
}

/** One byte a character. */
export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

function latin1(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}
