/** Takes secrets out of text that is about to be shown. The last line of defence: no message should hold one. */
export interface Redactor {
  /** Remembers a value that must never be shown. Values under 4 characters are left: they occur in every text. */
  hide(secret: string | undefined): void;
  redact(text: string): string;
}

const redacted = "[redacted]";

export function createRedactor(): Redactor {
  const secrets = new Set<string>();
  return {
    hide(secret) {
      if (secret === undefined || secret.length < 4) return;
      secrets.add(secret);
      secrets.add(encodeURIComponent(secret));
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
