/** What one command of a client may have. */
export interface RequestLimits {
  /** Whether the client is: the server's words differ. */
  readonly authenticated: boolean;
  /** Words of a command, its name included. */
  readonly words: number;
  /** Bytes of a word. */
  readonly bulk: number;
  /** Bytes on the wire of a command that is kept whole. */
  readonly command: number;
}

/** As redis-server 7 has it: whoever has not said who he is cannot make it keep more. */
export const unauthenticatedLimits: RequestLimits = {
  authenticated: false,
  words: 10,
  bulk: 16_384,
  command: 10 * (16_384 + 16),
};

/** The server's own count of words, and as many bytes a word as whoever keeps them wants to have. */
export function authenticatedLimits(bulk: number = 16 << 20): RequestLimits {
  return { authenticated: true, words: 1_048_576, bulk, command: bulk * 2 };
}

/** Bytes of a line: an inline command, or a length. */
export const longestLine = 65_536;

/** Where redis-server stops whoever asks. */
const int32 = 2 ** 31 - 1;
const mostBulk = 512 << 20;

/** How many words are announced, or the server's words on it. The line is without its `*`. */
export function wordCount(line: string, limits: RequestLimits): number | string {
  const count = decimal(line);
  if (count === null || count > int32) return "invalid multibulk length";
  if (count <= limits.words) return count;
  return `${limits.authenticated ? "invalid" : "unauthenticated"} multibulk length`;
}

/** How many bytes are announced, or the server's words on it. The line is whole. */
export function bulkLength(line: string, limits: RequestLimits): number | string {
  if (line[0] !== "$") return `expected '$', got '${shown(line[0] ?? "\r")}'`;
  const length = decimal(line.slice(1));
  if (length === null || length < 0 || length > mostBulk) return "invalid bulk length";
  if (length <= limits.bulk) return length;
  return `${limits.authenticated ? "invalid" : "unauthenticated"} bulk length`;
}

/** As the server reads numbers: no plus, no zeros before it, no `-0`, 64 bits. */
function decimal(line: string): number | null {
  if (!/^(0|-?[1-9]\d{0,18})$/.test(line)) return null;
  const value = BigInt(line);
  return BigInt.asIntN(64, value) === value ? Number(value) : null;
}

/** An error is one line, and what is in it may end up on a terminal. */
function shown(char: string): string {
  if (char === "\r" || char === "\n") return " ";
  return /[ -~]/.test(char) ? char : `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`;
}
