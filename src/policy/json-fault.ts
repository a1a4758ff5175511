/** What keeps a text from being JSON, in words, and where; and names that stand twice, of which JSON.parse drops one. */
export interface JsonFault {
  /** Both count from 1; the column in UTF-16 code units. */
  readonly line: number;
  readonly column: number;
  /** What is there, to stand in a sentence. */
  readonly what: string;
}

/** A person's file nests a few levels; a parser's stack has an end. */
const deepest = 64;

/**
 * The first fault of a JSON text (RFC 8259); null where there is none, and then JSON.parse reads it. What the runtimes
 * say of a fault differs, and often has no place.
 *
 * @example
 * ```ts
 * jsonFault('{"a": 1,}'); // { line: 1, column: 9, what: "a comma before }" }
 * ```
 */
export function jsonFault(text: string): JsonFault | null {
  try {
    scan(text);
    return null;
  } catch (stop) {
    if (!(stop instanceof Stop)) throw stop;
    const before = text.slice(0, stop.at);
    const line = before.split("\n").length;
    return { line, column: stop.at - before.lastIndexOf("\n"), what: stop.what };
  }
}

class Stop {
  readonly at: number;
  readonly what: string;

  constructor(at: number, what: string) {
    this.at = at;
    this.what = what;
  }
}

/** An object's names so far, or null for an array. */
type Level = Set<string> | null;

function scan(text: string): void {
  const levels: Level[] = [];
  let at = skip(text, 0);
  for (;;) {
    const opened = text[at];
    if (opened === "{" || opened === "[") {
      if (levels.length === deepest) throw new Stop(at, `more than ${deepest} levels`);
      at = skip(text, at + 1);
      if (text[at] === (opened === "{" ? "}" : "]")) {
        at += 1;
      } else {
        levels.push(opened === "{" ? new Set() : null);
        at = opened === "{" ? nameEnd(text, at, levels.at(-1)) : at;
        continue;
      }
    } else {
      at = scalarEnd(text, at);
    }
    // A value has ended, and with it perhaps what it is in.
    for (;;) {
      at = skip(text, at);
      const level = levels.at(-1);
      if (level === undefined) {
        if (at < text.length) throw new Stop(at, "something after the end");
        return;
      }
      const close = level === null ? "]" : "}";
      if (text[at] === ",") {
        const next = skip(text, at + 1);
        if (text[next] === close) throw new Stop(next, `a comma before ${close}`);
        at = level === null ? next : nameEnd(text, next, level);
        break;
      }
      if (text[at] !== close) throw new Stop(at, missing(text, at, `no comma and no ${close}`));
      levels.pop();
      at += 1;
    }
  }
}

/** From a name to where its value begins. */
function nameEnd(text: string, at: number, names: Level | undefined): number {
  if (text[at] !== '"') throw new Stop(at, missing(text, at, "a name without double quotes"));
  const end = stringEnd(text, at);
  const name = JSON.parse(text.slice(at, end)) as string;
  if (names?.has(name))
    throw new Stop(at, `the name ${JSON.stringify(name.slice(0, 40))} for the second time in one object`);
  names?.add(name);
  const colon = skip(text, end);
  if (text[colon] !== ":") throw new Stop(colon, missing(text, colon, "no colon after a name"));
  return skip(text, colon + 1);
}

function scalarEnd(text: string, at: number): number {
  if (text[at] === '"') return stringEnd(text, at);
  const end =
    at + (first(/(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y, text, at) ?? 0);
  if (end === at) throw new Stop(at, missing(text, at, "no value"));
  return end;
}

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    at += first(/[^"\\\u0000-\u001f]+/y, text, at) ?? 0;
    if (text[at] === '"') return at + 1;
    if (at >= text.length) throw new Stop(start, "a string that does not end");
    const escaped = first(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y, text, at);
    if (escaped === null)
      throw new Stop(
        at,
        text[at] === "\\" ? "a backslash that escapes nothing" : "a line ending or a control character in a string",
      );
    at += escaped;
  }
}

/** What people write for something that JSON demands. */
function missing(text: string, at: number, otherwise: string): string {
  const found = text[at];
  if (found === undefined) return "an end too soon";
  if (found === "'" || found === "‘" || found === "“" || found === "”") return `${found} where JSON has double quotes`;
  if (found === "#" || /^\/[/*]/.test(text.slice(at, at + 2))) return "a comment, which JSON does not have";
  return otherwise;
}

function skip(text: string, at: number): number {
  return at + (first(/[ \t\r\n]+/y, text, at) ?? 0);
}

/** How long the match of a sticky pattern is that begins there; null where there is none. */
function first(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? null;
}
