import type { Variant } from "./variant.ts";

/** What is left around a secret that was read from a file, a variable in quotes or a table. */
const around = [
  ["", "\n", "a line ending after it"],
  ["", "\r\n", "a line ending after it"],
  ["", "\r", "a carriage return after it"],
  ["", " ", "a space after it"],
  [" ", "", "a space before it"],
  [" ", " ", "spaces around it"],
  ["", "\t", "a tab after it"],
  ["\t", "", "a tab before it"],
  ['"', '"', "quotes around it"],
  ["'", "'", "quotes around it"],
  ["\n", "", "a line ending before it"],
  ["\n", "\n", "line endings around it"],
  ['"', '"\n', "quotes and a line ending around it"],
  ["", ";", "a semicolon after it"],
  ["", ",", "a comma after it"],
] as const;

export const secretWithWhitespace: Variant = {
  id: "secret-with-whitespace",
  inPairs: 6,
  *candidates(request) {
    for (const secret of trimmed(request.secret)) {
      yield {
        request: { ...request, secret },
        message: "The signature is that of the secret key at hand without the white space or quotes around it.",
        fix: "The signer is right: take away what stands around the secret key where it was read here.",
      };
    }
    for (const [before, after, what] of around) {
      yield {
        request: { ...request, secret: `${before}${request.secret}${after}` },
        message: `The signature is that of the secret key with ${what}; AWS computes it with the key alone.`,
        fix: "Trim the secret key where the signing program reads it.",
      };
    }
  },
};

function trimmed(secret: string): string[] {
  const bare = secret.trim();
  const unquoted = bare.replace(/^(["'])(.*)\1$/s, "$2");
  return [bare, unquoted, unquoted.trim()];
}
