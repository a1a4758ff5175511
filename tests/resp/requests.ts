import { bytesOf } from "./vectors.ts";

/**
 * What a client sends, and what the server reads: the words of each command, and its words before it hangs up. Each row was
 * tried on redis-server 7.0.15, and tests/long tries them on the one that is there.
 */
export interface RequestRow {
  readonly sent: string;
  readonly commands: readonly (readonly string[])[];
  /** After authentication the same but for these. */
  readonly error?: string;
  /** Whether it holds before authentication only. */
  readonly before?: boolean;
}

const inlineOf = (length: number) => `PING ${"x".repeat(length - 5)}`;

export const requestRows: readonly RequestRow[] = [
  { sent: "*1\r\n$4\r\nPING\r\n", commands: [["PING"]] },
  { sent: "*3\r\n$3\r\nSET\r\n$0\r\n\r\n$2\r\n\r\n\r\n", commands: [["SET", "", "\r\n"]] },
  { sent: "*1\r\n$4\r\nPING\r\n*2\r\n$4\r\nECHO\r\n$1\r\na\r\n", commands: [["PING"], ["ECHO", "a"]] },
  // The two bytes after a word are not looked at, nor is the one after the CR of a length.
  { sent: "*1\r\n$4\r\nPINGxxPING\r\n", commands: [["PING"], ["PING"]] },
  { sent: "*1\rx$4\rxPINGzz", commands: [["PING"]] },
  { sent: "*0\r\n*-1\r\n*-5\r\n*-9223372036854775808\r\nPING\r\n", commands: [["PING"]] },
  { sent: "*-9223372036854775809\r\n", commands: [], error: "invalid multibulk length" },
  { sent: "*-0\r\n", commands: [], error: "invalid multibulk length" },
  { sent: "*+1\r\n", commands: [], error: "invalid multibulk length" },
  { sent: "*01\r\n", commands: [], error: "invalid multibulk length" },
  { sent: "* 1\r\n", commands: [], error: "invalid multibulk length" },
  { sent: "*\r\n", commands: [], error: "invalid multibulk length" },
  { sent: "*abc\r\n", commands: [], error: "invalid multibulk length" },
  { sent: "*2147483648\r\n", commands: [], error: "invalid multibulk length" },
  { sent: "*1\r\n:4\r\n", commands: [], error: "expected '$', got ':'" },
  { sent: "*1\r\n\r\n", commands: [], error: "expected '$', got ' '" },
  { sent: "*1\r$4\r\n", commands: [], error: "expected '$', got '4'" },
  { sent: "PING\r\n*1\r\n$-1\r\n", commands: [["PING"]], error: "invalid bulk length" },
  { sent: "*1\r\n$abc\r\n", commands: [], error: "invalid bulk length" },
  { sent: "*1\r\n$04\r\n", commands: [], error: "invalid bulk length" },
  { sent: "*1\r\n$-0\r\n", commands: [], error: "invalid bulk length" },
  { sent: "*1\r\n$536870913\r\n", commands: [], error: "invalid bulk length" },
  // No CR, no line; a zero byte hides the rest of a line.
  { sent: "*1\n$4\nPING\n", commands: [] },
  { sent: "*1\0\r\n$4\r\nPING\r\n", commands: [] },
  { sent: "PI\0NG\r\nPING\r\n", commands: [] },
  { sent: "*1\r\n$4\0\r\nPING\r\n", commands: [] },
  { sent: "*1\r\n$4\r\nP\0NG\r\n", commands: [["P\0NG"]] },
  { sent: "PING\n", commands: [["PING"]] },
  { sent: "\r\n\n  \r\n\x0b\x0c\r\nPING\r\n", commands: [["PING"]] },
  {
    sent: '  ECHO  "a b"\r\n\x0b\x0cECHO\tq\r\n',
    commands: [
      ["ECHO", "a b"],
      ["ECHO", "q"],
    ],
  },
  {
    sent: "ECHO ab\"c d\"\r\nECHO a'b c'\r\n",
    commands: [
      ["ECHO", "abc d"],
      ["ECHO", "ab c"],
    ],
  },
  { sent: 'ECHO "\\x41\\n\\r\\t\\b\\a\\\\\\"\\e"\r\n', commands: [["ECHO", 'A\n\r\t\b\x07\\"e']] },
  { sent: 'ECHO "\\xag\\x4\\x"\r\n', commands: [["ECHO", "xagx4x"]] },
  { sent: "ECHO '\\x41\\'\\n'\r\n", commands: [["ECHO", "\\x41'\\n"]] },
  { sent: "ECHO \\x41\\\r\n", commands: [["ECHO", "\\x41\\"]] },
  { sent: 'ECHO ""\r\n', commands: [["ECHO", ""]] },
  { sent: '""\r\n', commands: [[""]] },
  {
    sent: "ECHO a\r\r\nECHO a\rb\n",
    commands: [
      ["ECHO", "a"],
      ["ECHO", "a", "b"],
    ],
  },
  { sent: "ECHO a\x0bb\x0c\r\n", commands: [["ECHO", "a\x0bb\x0c"]] },
  { sent: 'ECHO "a"\x0b\r\n', commands: [["ECHO", "a"]] },
  { sent: 'ECHO "a"b\r\n', commands: [], error: "unbalanced quotes in request" },
  { sent: "ECHO 'a'b\r\n", commands: [], error: "unbalanced quotes in request" },
  { sent: 'PING\r\nECHO "a\r\nPING\r\n', commands: [["PING"]], error: "unbalanced quotes in request" },
  { sent: "ECHO 'a\r\n", commands: [], error: "unbalanced quotes in request" },
  { sent: 'ECHO "a\\\r\n', commands: [], error: "unbalanced quotes in request" },
  { sent: inlineOf(65_536), commands: [] },
  { sent: inlineOf(65_537), commands: [], error: "too big inline request" },
  { sent: `\0${inlineOf(65_536)}`, commands: [], error: "too big inline request" },
  { sent: `*1${"0".repeat(65_534)}`, commands: [] },
  { sent: `*1${"0".repeat(65_535)}`, commands: [], error: "too big mbulk count string" },
  { sent: `*1\r\n$${"0".repeat(65_535)}`, commands: [] },
  { sent: `*1\r\n${"0".repeat(65_537)}`, commands: [], error: "too big bulk count string" },
  { sent: "*11\r\n", commands: [], error: "unauthenticated multibulk length", before: true },
  { sent: "*2147483647\r\n", commands: [], error: "unauthenticated multibulk length", before: true },
  { sent: "*1\r\n$16385\r\n", commands: [], error: "unauthenticated bulk length", before: true },
  { sent: "*10\r\n$536870912\r\n", commands: [], error: "unauthenticated bulk length", before: true },
  { sent: "*10\r\n$16384\r\n", commands: [] },
  { sent: `*1\r\n$16384\r\n${"x".repeat(16_384)}\r\n`, commands: [["x".repeat(16_384)]] },
  { sent: `ECHO ${"x ".repeat(20)}\r\n`, commands: [["ECHO", ..."x".repeat(20)]] },
];

export function commandOf(...words: string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${bytesOf(word).length}\r\n${word}\r\n`).join("")}`;
}
