import { CacheauthError, shown } from "../errors.ts";
import { lowerCase } from "./names.ts";

/** A host as it was meant, out of whatever was pasted. */
export interface HostText {
  /** Lower case, without a trailing dot or brackets. */
  readonly host: string;
  readonly port: number | null;
  /** The user that a URL named before a `:` and its `@`; its password is dropped unseen. */
  readonly userInUrl: string | null;
  /** What was taken off or changed, each in a few words. */
  readonly tidied: readonly string[];
}

/**
 * Reads a host and port out of what people paste: URLs with any scheme and user info, a path, options after a comma,
 * `:6379:6379`, a trailing dot, upper case, quotes.
 *
 * @example
 * ```ts
 * readHostText("rediss://app@Master.my-cache.abc123.use1.cache.amazonaws.com:6379/0").port; // 6379
 * ```
 */
export function readHostText(pasted: string): HostText {
  // Mostly there is nothing to tidy, and each pattern below costs a start 0.05 ms.
  const plain = /^([a-z0-9_.-]*[a-z0-9_-])(?::(\d+))?$/.exec(pasted);
  if (plain?.[1] !== undefined && plain[1].length <= 253) {
    return { host: plain[1], port: onePort(plain[2] === undefined ? [] : [plain[2]]), userInUrl: null, tidied: [] };
  }
  return tidyHostText(pasted);
}

function tidyHostText(pasted: string): HostText {
  const tidied: string[] = [];
  const take = (pattern: RegExp, what: string, text: string, keep = ""): string => {
    const rest = text.replace(pattern, keep);
    if (rest !== text) tidied.push(what);
    return rest;
  };
  const trimmed = pasted.trim();
  if (trimmed !== pasted) tidied.push("white space");
  let text = take(/^(["'])(.*)\1$/, "quotes", trimmed, "$2");
  // Also where a slash, or all but the slashes, got lost on the way.
  const bare = take(/^(?:(?:[a-z][a-z0-9+.-]*:)?\/\/|(?:https?|rediss?|valkeys?|tcp|tls|ssl):\/)/i, "the scheme", text);
  // Options after a comma go with hosts; in a URL a comma may be in the password.
  text = bare === text ? take(/,.*$/s, "what follows the comma", bare) : bare;
  const [authority, rest] = splitAt(text, text.search(/[/?#]/));
  const at = authority.lastIndexOf("@");
  text = authority.slice(at + 1);
  if (rest.includes("@") && !/\.amazonaws\.com(?:\.cn)?\.?(?::\d+)*$/i.test(text)) throw passwordBreaks();
  if (rest !== "") tidied.push("what follows the host");
  const userInUrl = at < 0 ? null : userOf(authority.slice(0, at));
  if (at >= 0) tidied.push("the user info");
  text = take(/,.*$/s, "what follows the comma", text);
  const { host: rawHost, ports } = splitPorts(text);
  const port = onePort(ports);
  if (ports.length > 1) tidied.push("the doubled port");
  const host = lowerCase(take(/\.$/, "the trailing dot", rawHost));
  if (host !== rawHost.replace(/\.$/, "")) tidied.push("upper case");
  checkHost(host);
  return { host, port, userInUrl, tidied };
}

function splitAt(text: string, index: number): readonly [before: string, after: string] {
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index)];
}

/** What stands alone before the @ may be a password, as redis-cli takes it: nothing is read off it. */
function userOf(userInfo: string): string | null {
  const colon = userInfo.indexOf(":");
  return colon < 1 ? null : userInfo.slice(0, colon);
}

/** RFC 3986, 3.2: the first / ? or # ends the part with user, host and port. Clients connect to what is before it. */
function passwordBreaks(): CacheauthError {
  return new CacheauthError(
    "endpoint-malformed",
    "The URL has its @ only after a / ? or #, which end the user and password.",
    "Leave user and password out, or percent-encode the password: / is %2F, ? is %3F, # is %23.",
  );
}

/** What is wrong is told by its first wrong character: the whole may be a line with a password in it. */
function checkHost(host: string): void {
  // DNS ends at 253 characters; longer text is also kept away from the patterns that follow.
  const wrong = host.length > 253 || isIpv6(host) ? undefined : /[^a-z0-9_.-]/u.exec(host)?.[0];
  if (host !== "" && host.length <= 253 && wrong === undefined) return;
  const cause =
    host === ""
      ? "The endpoint has no host in it."
      : wrong === undefined
        ? `The endpoint has ${host.length} characters; a host name has at most 253.`
        : `The endpoint has ${shown(wrong)} in it, which no host name has.`;
  throw new CacheauthError(
    "endpoint-malformed",
    cause,
    "An endpoint looks like master.my-cache.abc123.use1.cache.amazonaws.com:6379.",
  );
}

/** Whether the host is an address of version 4 or 6, not a name. */
export function isAddress(host: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host) || isIpv6(host);
}

function isIpv6(host: string): boolean {
  return host.includes(":") && /^[0-9a-f:.]+$/.test(host);
}

function splitPorts(text: string): { host: string; ports: string[] } {
  const bracketed = /^\[([^\]]*)\](.*)$/s.exec(text);
  if (bracketed) return { host: bracketed[1] ?? "", ports: (bracketed[2] ?? "").split(":").slice(1) };
  if (/^[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*$/i.test(text)) return { host: text, ports: [] };
  const [host = "", ...ports] = text.split(":");
  return { host, ports };
}

function onePort(ports: readonly string[]): number | null {
  const [first] = ports;
  if (first === undefined) return null;
  const number = Number(first);
  if (!/^\d{1,5}$/.test(first) || number < 1 || number > 65535) {
    throw new CacheauthError(
      "port-invalid",
      // Only digits are repeated: without a host before it, this is where a password stands.
      /^\d+$/.test(first) ? `${shown(first)} is not a port.` : "What follows the colon is not a port.",
      "A port is a whole number from 1 to 65535; caches listen on 6379 unless they were set up otherwise.",
    );
  }
  const other = ports.find((port) => port !== first);
  if (other !== undefined) {
    throw new CacheauthError(
      "endpoint-malformed",
      "The endpoint has two ports that differ.",
      "Leave the one that the cache listens on.",
    );
  }
  return number;
}
