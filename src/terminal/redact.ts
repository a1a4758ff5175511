/** Takes secrets out of text that is about to be shown. The last line of defence: no message should hold one. */
export interface Redactor {
  /** Remembers a value that must never be shown. Values under 4 characters are left: they occur in every text. */
  hide(secret: string | undefined): void;
  redact(text: string): string;
}

const redacted = "[redacted]";

/**
 * Words that errors about secrets are made of. To take a piece of them out would damage the message and tell the value;
 * what AWS makes is longer and no such word.
 */
export const ownWords =
  "the access key id, secret access key and session token from the environment or a profile; credentials; mfa code; " +
  "white space, a line ending, a character that is not ascii; is missing, empty, malformed, expired; it has quotes around it";

export function createRedactor(): Redactor {
  const secrets = new Set<string>();
  return {
    hide(secret) {
      // White space and what is escaped when it is shown divide it: a part is as bad as the whole.
      for (const part of secret?.split(/[\s\p{Cc}\p{Cf}\p{Cs}]+/u) ?? []) {
        if (part.length < 4 || ownWords.includes(part.toLowerCase())) continue;
        for (const form of [part, encodeURIComponent(part), JSON.stringify(part).slice(1, -1)]) secrets.add(form);
      }
    },
    redact(text) {
      let clean = text;
      // Longest first: a secret may be part of a longer one.
      for (const secret of [...secrets].sort((a, b) => b.length - a.length)) clean = clean.replaceAll(secret, redacted);
      return withoutGiveaways(clean);
    },
  };
}

/** What gives a secret away wherever it stands: parts of presigned URLs, passwords in URLs, keys by their names. */
function withoutGiveaways(text: string): string {
  return text
    .replace(/(X-Amz-(?:Signature|Security-Token|Credential)=)[^&\s"']+/gi, `$1${redacted}`)
    .replace(/(\/\/[^\s/:@]*:)[^\s/@]+@/g, `$1${redacted}@`)
    .replace(
      /((?:secret_?access_?key|session_?token|security_?token)["']?\s*[=:]\s*["']?)[^\s"',}]+/gi,
      `$1${redacted}`,
    );
}
