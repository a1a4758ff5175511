/**
 * Rows under headings, each column as wide as its widest cell; numbers stand to the right. Where the terminal is too
 * narrow, each row becomes lines of `heading: cell`.
 */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
  right: readonly boolean[] = [],
): string {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  const whole = widths.reduce((sum, each) => sum + each + 2, 0);
  if (whole > width) {
    return rows
      .map((row) => headings.map((heading, column) => `  ${heading}: ${row[column] ?? ""}`).join("\n"))
      .join("\n\n");
  }
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, column) => (right[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join("  ")}`.trimEnd();
  return [headings, ...rows].map(line).join("\n");
}
