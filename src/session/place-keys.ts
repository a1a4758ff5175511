import { endingOf, type IniLine, linesOf, textOf } from "./ini-lines.ts";
import { type Section, type Setting, sectionsOf } from "./ini-sections.ts";

/** The keys of a session; none has white space in it. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/**
 * The text of a credentials file with these keys in place of a profile's own, below a remark. No other line is touched; a
 * profile that is not in it is added at its end.
 */
export function placeKeys(text: string, profile: string, keys: Keys, remark: string): string {
  const values: readonly (readonly [name: string, value: string])[] = [
    ["aws_access_key_id", keys.accessKeyId],
    ["aws_secret_access_key", keys.secretAccessKey],
    ["aws_session_token", keys.sessionToken],
  ];
  const lines = linesOf(text);
  const ending = endingOf(lines);
  const sections = sectionsOf(lines).filter(({ name }) => name === profile);
  const placed = new Map(sections.flatMap(({ settings }) => settings.flatMap((setting) => keyOf(setting, values))));
  const names = new Set([...placed.values()].map(({ name }) => name));
  const missing = values.filter(([name]) => !names.has(name));
  const [section] = sections;
  if (section === undefined) {
    const end = lines.at(-1);
    const closed = end === undefined || end.ending !== "" ? text : text + ending;
    const added = [`[${profile}]`, `# ${remark}`, ...missing.map(([name, value]) => `${name} = ${value}`)];
    return closed + added.map((line) => line + ending).join("");
  }
  const place = placeFor(section, [...placed.keys()], lines);
  const dropped = sections.flatMap((section) => belowEmpty(section, placed, lines));
  return textOf(
    lines.flatMap((line, at) => {
      if (dropped.includes(at)) return [];
      const found = placed.get(at);
      const own = found ? [{ text: found.text, ending: line.ending }] : [line];
      if (at !== place.at) return own;
      const added = [`# ${remark}`, ...missing.map(([name, value]) => `${name} = ${value}`)].map((added) => ({
        text: place.indent + added,
        ending,
      }));
      // The header may be the last line of the file, without an ending.
      if (place.isHeader) return [{ ...line, ending: line.ending || ending }, ...added];
      return [...added, ...own];
    }),
  );
}

/** The line that a setting becomes, where it is one of the keys. */
function keyOf(
  { at, indent, name }: Setting,
  values: readonly (readonly [name: string, value: string])[],
): (readonly [at: number, line: { readonly name: string; readonly text: string }])[] {
  // The name that boto had for the session token; to botocore it comes before the other.
  const [, value] = values.find(([key]) => key === (name === "aws_security_token" ? "aws_session_token" : name)) ?? [];
  return value === undefined ? [] : [[at, { name, text: `${indent}${name} = ${value}` }]];
}

/** What was nested below a key without a value: below a value it would be read as something else. */
function belowEmpty(
  { settings, end }: Section,
  placed: ReadonlyMap<number, unknown>,
  lines: readonly IniLine[],
): readonly number[] {
  return settings.flatMap(({ at, value }, index) => {
    if (value !== "" || !placed.has(at)) return [];
    const next = settings[index + 1]?.at ?? end;
    return lines.flatMap(({ text }, line) => (line > at && line < next && !/^\s*(?:$|[;#])/.test(text) ? [line] : []));
  });
}

/**
 * Before the first of its keys, where a setting can stand whatever is above it; where there is none, below the header. Both
 * with the indent of what follows, for a line that is indented deeper than the one above belongs to that.
 */
function placeFor(
  section: Section,
  placed: readonly number[],
  lines: readonly IniLine[],
): { readonly at: number; readonly indent: string; readonly isHeader: boolean } {
  const first = placed[0];
  if (first === undefined) return { at: section.at, indent: section.indent ?? "", isHeader: true };
  return { at: first, indent: /^\s*/.exec(lines[first]?.text ?? "")?.[0] ?? "", isHeader: false };
}
