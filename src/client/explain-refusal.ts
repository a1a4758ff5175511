import { expectedFor } from "../lint/expected.ts";
import { lint } from "../lint/lint.ts";
import { findErrorLine } from "../token/pasted/error-lines.ts";
import type { TokenProvider } from "./token-provider.ts";

/**
 * What `cacheauth lint` would say of a client's error, and of the token that it was logged in with: of a provider's, or text. Null
 * where nothing is known of the error. It has no secret in it, and no name that is not the caller's own.
 *
 * @example
 * ```ts
 * import { explainRefusal } from "cacheauth";
 * explainRefusal(new Error("connect ECONNREFUSED 127.0.0.1:6379")) !== null; // true
 * explainRefusal(new Error("no such key")); // null
 * ```
 */
export function explainRefusal(error: unknown, provider?: TokenProvider): string | null {
  const line = findErrorLine(textOf(error));
  if (line === null) return null;
  if (line.id !== "wrongpass" || !provider) return `${line.means} ${line.next}`;
  const token = provider.peek();
  const { target, user } = provider;
  const name = `${target.name} in ${target.region}`;
  if (token === null)
    return `No token for ${user} at ${name} is good now: the last one has ended, and none could be made since.`;
  const now = provider.clock.now();
  const expected = expectedFor(target, user);
  const { findings } = lint({ bytes: new TextEncoder().encode(token), expected, at: now });
  const found = findings.find(({ severity }) => severity === "error");
  if (found) return `${found.message} ${found.fix} (${found.rule})`;
  return (
    `The server says so for a wrong token, an unknown user and a refused policy alike. The token for ${user} at ${name} has no ` +
    `fault that shows, so look at AWS's records: is ${user} an IAM user of a group that is attached to ${target.name}, does the ` +
    "policy allow Connect on both, and is this machine's clock right? `cacheauth doctor` looks all of it up."
  );
}

/** Clients wrap what a server said: in a cause, in a list, in a text of their own. */
function textOf(error: unknown, depth = 0): string {
  if (depth > 5) return "";
  if (!(error instanceof Error)) return typeof error === "string" ? error : "";
  const inside = error instanceof AggregateError ? [...error.errors, error.cause] : [error.cause];
  const last = (error as { lastNodeError?: unknown }).lastNodeError;
  const { code } = error as { code?: unknown };
  const own = typeof code === "string" && !error.message.includes(code) ? `${error.message} ${code}` : error.message;
  return [...inside, last]
    .map((one) => textOf(one, depth + 1))
    .concat(own)
    .filter(Boolean)
    .join("\n");
}
