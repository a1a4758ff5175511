import { hasTokenMarks } from "./marks.ts";

/**
 * Ways in which a whole text is escaped for another format and pasted, or sent, without being read back. `undo` gives
 * the text that was meant, or null where the text is not escaped so. A single `%2F` is how a token is written, and no escape.
 */
interface Escape {
  readonly id: string;
  /** Ends the sentence "It is escaped as …". */
  readonly format: string;
  undo(text: string): string | null;
}

const escapes: readonly Escape[] = [
  {
    id: "python-bytes",
    format: "a Python bytes literal, as print() shows bytes",
    undo: (text) => /^b(["'])([\s\S]*)\1$/.exec(text)?.[2] ?? null,
  },
  {
    id: "json",
    format: "a JSON string",
    undo(text) {
      if (!/\\u[0-9a-f]{4}|\\\//i.test(text)) return null;
      const inner = /^"([\s\S]*)"$/.exec(text)?.[1] ?? text;
      return inner
        .replace(/\\u([0-9a-f]{4})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
        .replace(/\\([/"\\])/g, "$1");
    },
  },
  {
    id: "html",
    format: "HTML or XML, with &amp; for &",
    undo: (text) =>
      /&(?:amp|#38|#x26);/i.test(text)
        ? text
            .replace(/&(?:amp|#38|#x26);/gi, "&")
            .replace(/&(?:quot|#34|#x22);/gi, '"')
            .replace(/&(?:equals|#61|#x3d);/gi, "=")
            .replace(/&(?:apos|#39|#x27);/gi, "'")
        : null,
  },
  {
    id: "percent",
    format: "one value of a URL or form, with %26 for &",
    undo(text) {
      if (text.includes("&") || !/%26|%3F/i.test(text) || /[?&][A-Za-z-]+=/.test(text)) return null;
      try {
        return decodeURIComponent(text.replaceAll("+", "%20"));
      } catch {
        return null;
      }
    },
  },
  {
    id: "quoted-printable",
    format: "quoted-printable, as in a mail, with =3D for =",
    undo: (text) =>
      /Action=3Dconnect/i.test(text)
        ? text
            .replace(/=\r?\n/g, "")
            .replace(/=([0-9A-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
        : null,
  },
  {
    id: "doubled-percent",
    format: "a batch file, unit file or ini file, with %% for %",
    undo: (text) => (/%%[0-9a-f]{2}/i.test(text) ? text.replaceAll("%%", "%") : null),
  },
  {
    id: "semicolon",
    format: "a query with ; for &",
    undo: (text) =>
      !text.includes("&") && /;(?:User|X-Amz-[A-Za-z-]+)=/.test(text) ? text.replaceAll(";", "&") : null,
  },
  {
    id: "backslash",
    format: "a word of the shell, with backslashes",
    undo: (text) => (/\\[?&=%]/.test(text) ? text.replace(/\\([^\w\s])/g, "$1") : null),
  },
  {
    id: "caret",
    format: "a word of cmd.exe, with ^& for &",
    undo: (text) => (text.includes("^&") ? text.replace(/\^([&^%?=])/g, "$1") : null),
  },
];

/** The first escape whose undoing leaves a text that is more of a token; null where none does. */
export function undoEscape(text: string): { readonly text: string; readonly format: string } | null {
  for (const { format, undo } of escapes) {
    const undone = undo(text);
    if (undone !== null && undone !== text && hasTokenMarks(undone)) return { text: undone, format };
  }
  return null;
}
