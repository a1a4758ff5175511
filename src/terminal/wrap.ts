/**
 * Breaks a paragraph into lines of at most `width` characters; a word that is longer stands alone. Every line but the
 * first begins with `indent` spaces, which do not count.
 */
export function wrap(text: string, width: number, indent = 0): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join(`\n${" ".repeat(indent)}`);
}

/**
 * Two columns: what it is called, and what it does. Where the terminal is too narrow for both, the second goes under
 * the first.
 */
export function definitionList(rows: readonly (readonly [term: string, about: string])[], width: number): string {
  const longest = Math.max(0, ...rows.map(([term]) => term.length));
  const column = Math.min(longest, 34) + 4;
  const stacked = width < column + 28;
  return rows
    .map(([term, about]) => {
      if (stacked) return `  ${term}\n      ${wrap(about, Math.max(width - 6, 20), 6)}`;
      const start = term.length + 2 < column ? `  ${term}`.padEnd(column) : `  ${term}\n${" ".repeat(column)}`;
      return start + wrap(about, width - column, column);
    })
    .join("\n");
}
