/** A pattern taken apart: UTF-16 code units, and two signs that stand for others. */
export type Glob = readonly number[];

/** Any number of characters, none too. */
export const any = -1;
/** Exactly one character. */
export const one = -2;

/** A pattern as IAM writes it: `*` and `?` are signs, all else is itself. */
export function globOf(pattern: string): Glob {
  return Array.from(pattern, signOf).flat();
}

/** Text that means itself, its asterisks and question marks too. */
export function literal(text: string): Glob {
  return codeUnits(text);
}

/**
 * Whether the whole text is of the pattern. `*` reaches across colons and slashes too, as IAM has it ("it can expand to
 * match beyond the colon boundaries", reference_policies_elements_resource.html). It takes at most pattern times text
 * steps, whatever the pattern.
 */
export function matches(glob: Glob, text: string): boolean {
  let at = 0;
  let sign = 0;
  // Where the last * stands, and how far it reaches: on a mismatch it takes one more character.
  let star = -1;
  let reach = 0;
  while (at < text.length) {
    const expected = glob[sign];
    if (expected === any) {
      star = sign++;
      reach = at;
    } else if (expected === one || expected === text.charCodeAt(at)) {
      sign += 1;
      at += 1;
    } else if (star >= 0) {
      sign = star + 1;
      at = ++reach;
    } else {
      return false;
    }
  }
  while (glob[sign] === any) sign += 1;
  return sign === glob.length;
}

function signOf(character: string): readonly number[] {
  return character === "*" ? [any] : character === "?" ? [one] : codeUnits(character);
}

function codeUnits(text: string): number[] {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}
