/** What may stand where the cursor is. */
export interface Suggestion {
  /** What the current word begins with and keeps, and the words below go behind: `--format=`, or `cache,`. */
  readonly prefix: string;
  readonly words: readonly SuggestedWord[];
  /** What the shell itself knows: names of files or folders, or all about the command behind `--`. */
  readonly shell: "nothing" | "files" | "folders" | "command";
}

export interface SuggestedWord {
  readonly word: string;
  /** In a few words, or the empty text. */
  readonly about: string;
}

export const nothing: Suggestion = { prefix: "", words: [], shell: "nothing" };

export function suggested(words: readonly SuggestedWord[], prefix = ""): Suggestion {
  return { prefix, words, shell: "nothing" };
}

export function plainWords(words: readonly string[]): readonly SuggestedWord[] {
  return words.map((word) => ({ word, about: "" }));
}
