/** A foreign text as a word of a command that is shown to be copied; `instead` where it cannot be one. */
export function shellWord(text: string, instead: string): string {
  if (/^[\w.:/@-]+$/.test(text)) return text;
  // A backtick ends the command in a finding.
  return /[`\p{Cc}\p{Cf}]/u.test(text) || text === "" ? instead : `'${text.replaceAll("'", "'\\''")}'`;
}
