import { createByteQueue } from "./byte-queue.ts";
import { splitInline } from "./inline.ts";
import { cr, createLineSearch, lf } from "./line-search.ts";
import { bulkLength, type RequestLimits, wordCount } from "./request-limits.ts";

export type Read =
  /** Not held: whole commands, or a piece of one; also those without a word, which no server answers. */
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** Held, whole. Where it is no inline command, the words are views of `raw`. */
  | { readonly kind: "command"; readonly words: readonly Uint8Array[]; readonly raw: Uint8Array }
  | { readonly kind: "more" }
  /** What the server says before it hangs up, without its `ERR`. */
  | { readonly kind: "malformed"; readonly message: string };

export interface RequestReader {
  push(bytes: Uint8Array): void;
  /** The next that there is to say. After `malformed` that is the answer for ever. */
  next(): Read;
  /** From the next word on that is read. */
  setLimits(limits: RequestLimits): void;
  /** From the next command on: the upper-case names of those to keep whole; null keeps every one. */
  hold(names: ReadonlySet<string> | null): void;
  readonly buffered: number;
}

/** A command of which a part has been read. */
interface Begun {
  wordsLeft: number;
  /** Bytes of the word, and the two after it, that have not come; null between words. */
  bytesLeft: number | null;
  /** Whether it is known not to be held. */
  passing: boolean;
  /** Where the words stand in the stream that have been read of a command which may be held. */
  readonly words: { readonly from: number; to: number }[];
}

/** Nothing to say yet: there is more to look at, or there is not. */
type Step = "on" | "more" | { readonly kind: "malformed"; readonly message: string };

/**
 * Finds the commands in a client's bytes where redis-server 7 finds them, to the byte, for whoever stands before a server
 * must not see other commands than it does: the two bytes after a word may be any, and so may the one after a length's CR; a
 * zero byte in a line hides its end. `firstHeld` is what `hold` would say.
 */
export function createRequestReader(firstHeld: ReadonlySet<string> | null, first: RequestLimits): RequestReader {
  const queue = createByteQueue();
  const lines = createLineSearch(queue);
  let held = firstHeld;
  let longestName = longestOf(held);
  let limits = first;
  let broken: Read | null = null;
  /** Places in the stream: what is before the one has been understood, what is before the other may go on its way. */
  let cursor = 0;
  let passable = 0;
  let begun: Begun | null = null;
  /** A whole held command stands from `passable` to `cursor`: how its words come out of these bytes. */
  let whole: ((raw: Uint8Array) => readonly Uint8Array[]) | null = null;

  return {
    push(bytes) {
      if (!broken) queue.push(bytes);
    },
    next() {
      let step: Step = whole || broken ? "more" : "on";
      while (step === "on" && !whole) step = begun ? readWord(begun) : readStart();
      if (passable > queue.start) {
        if (typeof step === "object") broken = step;
        return { kind: "bytes", bytes: queue.take(passable) };
      }
      if (whole) return takeCommand(whole);
      if (typeof step === "object") broken = step;
      if (broken) queue.skip(queue.end);
      return broken ?? { kind: "more" };
    },
    setLimits(next) {
      limits = next;
    },
    hold(names) {
      held = names;
      longestName = longestOf(names);
    },
    get buffered() {
      return queue.end - queue.start;
    },
  };

  function takeCommand(wordsOf: (raw: Uint8Array) => readonly Uint8Array[]): Read {
    const raw = queue.take(cursor);
    whole = null;
    passable = cursor;
    return { kind: "command", words: wordsOf(raw), raw };
  }

  function readStart(): Step {
    if (cursor === queue.end) return "more";
    if (queue.at(cursor) !== asterisk) return readInline();
    const end = lines.endOf(cursor, cr);
    if (end === "more") return "more";
    if (end === "too-long") return malformed("too big mbulk count string");
    const count = wordCount(lineUpTo(end, 2).slice(1), limits);
    if (typeof count === "string") return malformed(count);
    if (count > 0) begun = { wordsLeft: count, bytesLeft: null, passing: false, words: [] };
    else passable = cursor;
    return "on";
  }

  function readInline(): Step {
    const end = lines.endOf(cursor, lf);
    if (end === "more") return "more";
    if (end === "too-long") return malformed("too big inline request");
    const line = queue.copy(cursor, end > cursor && queue.at(end - 1) === cr ? end - 1 : end);
    const words = splitInline(line);
    if (!words) return malformed("unbalanced quotes in request");
    lineUpTo(end, 1);
    const [name] = words;
    if (name && isHeld(name)) whole = () => words;
    else passable = cursor;
    return "on";
  }

  function readWord(command: Begun): Step {
    if (command.bytesLeft === null) return readLength(command);
    const come = Math.min(queue.end - cursor, command.bytesLeft);
    cursor += come;
    command.bytesLeft -= come;
    if (command.passing) passable = cursor;
    if (command.bytesLeft > 0) return "more";
    command.bytesLeft = null;
    command.wordsLeft -= 1;
    const [name] = command.words;
    if (!command.passing && command.words.length === 1 && name && !isHeld(queue.copy(name.from, name.to)))
      pass(command);
    if (command.wordsLeft > 0) return "on";
    begun = null;
    if (!command.passing) whole = (raw) => viewsOf(raw, command.words);
    return "on";
  }

  function readLength(command: Begun): Step {
    const end = lines.endOf(cursor, cr);
    if (end === "more") return "more";
    if (end === "too-long") return malformed("too big bulk count string");
    const length = bulkLength(lineUpTo(end, 2), limits);
    if (typeof length === "string") return malformed(length);
    command.bytesLeft = length + 2;
    if (!command.passing && command.words.length === 0 && length > longestName) pass(command);
    if (command.passing) {
      passable = cursor;
      return "on";
    }
    if (cursor + length + 2 - passable > limits.command) return malformed("invalid bulk length");
    command.words.push({ from: cursor, to: cursor + length });
    return "on";
  }

  function pass(command: Begun): void {
    command.passing = true;
    command.words.length = 0;
    passable = cursor;
  }

  function isHeld(name: Uint8Array): boolean {
    return held === null || (name.length <= longestName && held.has(upperCase(name)));
  }

  /** The text up to there, one byte a character. So many bytes that end the line are passed over with it. */
  function lineUpTo(end: number, ending: number): string {
    const line = String.fromCharCode(...queue.copy(cursor, Math.min(end, cursor + longestShown)));
    cursor = end + ending;
    return line;
  }

  function viewsOf(raw: Uint8Array, words: Begun["words"]): Uint8Array[] {
    const start = cursor - raw.length;
    return words.map(({ from, to }) => raw.subarray(from - start, to - start));
  }
}

const asterisk = 42;
/** No number has so many digits. */
const longestShown = 64;

function longestOf(names: ReadonlySet<string> | null): number {
  return names ? Math.max(0, ...[...names].map(({ length }) => length)) : Number.POSITIVE_INFINITY;
}

function malformed(message: string): Step {
  return { kind: "malformed", message: `Protocol error: ${message}` };
}

/** As the server compares names: by the letters of ASCII alone. */
function upperCase(name: Uint8Array): string {
  return String.fromCharCode(...name.map((byte) => (byte >= 97 && byte <= 122 ? byte - 32 : byte)));
}
