/** The fenced blocks of a page, and what is said in a comment right above each of how it is carried out. */
import type { Page } from "./page.ts";

export interface Block {
  readonly page: string;
  /** Of its fence, from 1. */
  readonly line: number;
  /** What stands behind the fence: `console`, `sh`, `ts`. */
  readonly language: string;
  readonly text: string;
  /** Of `<!-- KIND: WHAT -->` above it: `{ kind: "run", what: "cache, exit 5" }`. */
  readonly mark: { readonly kind: string; readonly what: string } | null;
}

// A mark, at most one empty line, and the fence, which may be moved in as the items of a list are.
const fenced = /(?:^ *<!-- ([a-z ]+): (.*?) -->\n(?: *\n)?)?^( *)```(\w*)\n([\s\S]*?)^\3```$/gm;

export function blocksOf({ path, text }: Page): readonly Block[] {
  return [...text.matchAll(fenced)].map((match) => {
    const [whole, kind, what = "", indent = "", language = "", body = ""] = match;
    const before = text.slice(
      0,
      match.index + whole.indexOf(`${indent}\`\`\``, kind === undefined ? 0 : whole.indexOf("-->")),
    );
    return {
      page: path,
      line: before.split("\n").length,
      language,
      text: body.replace(new RegExp(`^${indent}`, "gm"), ""),
      mark: kind === undefined ? null : { kind, what },
    };
  });
}

/** What of a page is neither in a block nor in a comment, line by line as it stands there. */
export function proseOf({ text }: Page): string {
  const blank = (whole: string) => whole.replace(/[^\n]/g, "");
  return text.replace(fenced, blank).replace(/<!--[\s\S]*?-->/g, blank);
}
