import { CacheauthError } from "../errors.ts";

/** What the process said is worth much (`Token has expired`), but it goes through the redactor like all foreign text. */
export function explainProcessError({ message = "" }: { readonly message?: string }, source: string): CacheauthError {
  const remedy = "Run that command yourself: it must print the JSON of version 1 and end with 0.";
  if (/invalid JSON/i.test(message))
    return new CacheauthError("credential-process-failed", `${source} printed something that is not JSON.`, remedy);
  if (/Version 1/.test(message))
    return new CacheauthError("credential-process-failed", `${source} printed JSON, but not of version 1.`, remedy);
  if (/invalid credentials/.test(message))
    return new CacheauthError("credential-process-failed", `${source} printed JSON without an access key.`, remedy);
  if (/expired credentials/.test(message))
    return new CacheauthError(
      "credentials-expired",
      `${source} printed credentials that have expired.`,
      "Sign in again with the tool that it calls.",
    );
  // "Command failed: COMMAND\nSTDERR": the command line may hold a secret; only what it said is kept.
  const said = message
    .split("\n")
    .slice(1)
    .map((line) => line.trim())
    .find((line) => line !== "");
  const words = said === undefined ? "" : ` It said: ${withoutKeys(said.slice(0, 200))}`;
  return new CacheauthError("credential-process-failed", `${source} failed.${words}`, remedy);
}

/**
 * What a person needs of it is words. Whatever is not plainly one goes: what follows a secret's name, runs of digits and
 * letters, and long runs, but for paths and names that are words put together.
 */
function withoutKeys(text: string): string {
  return text
    .replace(/((?:secret|token|pass\w*|pin)["']?\s*[:=]\s*["']?)[^\s"',;}]+/gi, "$1[redacted]")
    .replace(/[^\s"'`,;:()<>]{8,}/g, (run) => (isWords(run) ? run : "[redacted]"));
}

function isWords(run: string): boolean {
  return run.split(/[/._~=-]+/).every((word) => /^(?:[A-Za-z]?[a-z]{0,15}|[A-Z]{1,12}|\d{1,4})$/.test(word));
}
