/** A text and, in it, what is meant: two lines, the second with carets under it; cut to `width` around them. */
export function caretLines(
  place: { text: string; from: number; to: number },
  width: number,
): readonly [string, string] {
  const carets = Math.max(place.to - place.from, 1);
  const shownCarets = Math.min(carets, Math.max(width - 2, 1));
  // As much before it as fits, and then as much after it.
  const start = place.from + shownCarets <= width ? 0 : Math.max(0, place.from + shownCarets - width + 1);
  const lead = start > 0 ? "…" : "";
  const line = lead + place.text.slice(start + lead.length, start + width);
  const end = start + width < place.text.length ? `${line.slice(0, width - 1)}…` : line;
  return [end, " ".repeat(place.from - start) + "^".repeat(shownCarets)];
}
