import { lowerCase } from "../../target/names.ts";

/** A name in the letters that a person or an SDK may give it, without those that equal it. */
export function otherCases(text: string, known: string | null): string[] {
  const lower = lowerCase(text);
  const cases = [
    lower,
    known ?? text,
    upperCase(text),
    lower.replace(/^[a-z]/, upperCase),
    lower.replace(/\b[a-z]/g, upperCase),
  ];
  return cases.filter((other, index) => other !== text && cases.indexOf(other) === index);
}

/** ASCII alone, as `lowerCase`. */
function upperCase(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}
