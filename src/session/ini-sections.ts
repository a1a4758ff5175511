import type { IniLine } from "./ini-lines.ts";

/** A line `name = value` of a section. */
export interface Setting {
  /** Which line of the file. */
  readonly at: number;
  readonly indent: string;
  /** In lower case: to the AWS CLI `AWS_ACCESS_KEY_ID` is the same. */
  readonly name: string;
  readonly value: string;
}

export interface Section {
  /** What stands between its brackets. */
  readonly name: string;
  /** The line that it begins with. */
  readonly at: number;
  /** The line after its last. */
  readonly end: number;
  readonly settings: readonly Setting[];
  /** How its first setting is indented; null where it has none. */
  readonly indent: string | null;
}

/**
 * The sections of a file and their settings. The AWS CLI (Python's configparser) and the SDK for JavaScript differ in which
 * indented lines belong to the setting above: to the former those that are indented deeper than it, to the latter those
 * below a setting without a value. A line that either of them takes for a setting of its own is one here.
 */
export function sectionsOf(lines: readonly IniLine[]): Section[] {
  const sections: { name: string; at: number; end: number; settings: Setting[]; indent: string | null }[] = [];
  let above = { indent: Number.POSITIVE_INFINITY, nests: false };
  for (const [at, { text }] of lines.entries()) {
    const content = withoutComment(text);
    if (content === "") continue;
    if (content.startsWith("[") && content.endsWith("]")) {
      const last = sections.at(-1);
      if (last) last.end = at;
      sections.push({ name: content.slice(1, -1).trim(), at, end: lines.length, settings: [], indent: null });
      above = { indent: Number.POSITIVE_INFINITY, nests: false };
      continue;
    }
    const section = sections.at(-1);
    const [, name = "", value = ""] = /^([^=:]*?)\s*[=:]\s*(.*)$/s.exec(content) ?? [];
    if (section === undefined || name === "") continue;
    const indent = /^\s*/.exec(text)?.[0] ?? "";
    const isDeeper = indent.length > above.indent;
    const isNested = above.nests && indent !== "";
    if (!isNested || !isDeeper) {
      section.settings.push({ at, indent, name: name.toLowerCase(), value });
      section.indent ??= indent;
    }
    if (!isDeeper) above = { indent: indent.length, nests: above.nests };
    if (!isNested) above = { indent: above.indent, nests: value === "" };
  }
  return sections;
}

/** A comment begins the line, or stands behind white space; to the AWS CLI the latter is part of the value. */
function withoutComment(text: string): string {
  return (text.split(/(?:^|\s)[;#]/, 1)[0] ?? "").trim();
}
