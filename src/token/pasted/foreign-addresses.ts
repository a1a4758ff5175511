import { CacheauthError } from "../../errors.ts";
import { type Endpoint, parseEndpoint } from "../../target/endpoint.ts";
import { findForeignHost } from "../../target/foreign-hosts.ts";
import { readHostText } from "../../target/host-text.ts";
import { kinds } from "../../target/kinds.ts";

const byName =
  "If it leads to a cache, make a token by the cache's name: cacheauth token --replication-group-id NAME -u USER --region REGION.";
const makeToken = "Make a token: cacheauth token ENDPOINT -u USER.";

/** Where a program connects to: an endpoint, another host, a URL. Only the name read off an endpoint of AWS is repeated. */
export function findAddress(text: string): { id: string; is: string; next: string } | null {
  // A password in a URL may have white space in it, but then it is one line.
  if (text.length > 4096 || text.includes("\n")) return null;
  const isUrl = /^[a-z][a-z0-9+.-]{0,30}:\/\//i.test(text);
  const isHost = isUrl || /^\S+$/.test(text);
  const endpoint = isHost ? endpointOf(text) : null;
  if (endpoint !== null) {
    const { kind, name } = endpoint;
    return {
      id: "cache-endpoint",
      is: `the endpoint of the ${kinds[kind].label} ${name}`,
      next: "Make a token for it: cacheauth token ENDPOINT -u USER.",
    };
  }
  const foreign = isHost ? foreignHostOf(text) : null;
  if (foreign !== null) {
    const next = foreign.hint ?? byName;
    return { id: "other-host", is: `the name of a host, and that is ${foreign.is}`, next };
  }
  if (/^(?:rediss?|valkeys?|tls|ssl):\/\//i.test(text)) {
    return {
      id: "connection-url",
      is: "a connection URL without a token in it",
      next: `The password in it must be the token, percent-encoded: cacheauth token ENDPOINT -u USER makes one.`,
    };
  }
  if (isUrl) return { id: "url", is: "a URL without a token in it", next: makeToken };
  if (/^[\w.-]{1,253}(?::\d{1,5})?(?:,[^,=\s]{1,60}=[^,]{0,2000}){1,40}$/.test(text)) {
    return {
      id: "connection-string",
      is: "a connection string without a token in it",
      next: `The password in it must be the token: cacheauth token ENDPOINT -u USER makes one.`,
    };
  }
  if (hostName.test(text)) {
    return {
      id: "host",
      is: "the name of a host that is no endpoint of a cache",
      next: "Copy the endpoint from the AWS console, and make a token: cacheauth token ENDPOINT -u USER.",
    };
  }
  return null;
}

/** With a port, two dots or a well-known end; one dot alone is also a sentence or a password. */
const hostName =
  /^(?=[^.]+\.[^.]+\.[a-z]|[^:]+:\d|[^.]+\.(?:com|net|org|io|dev|cn|local|internal)$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,20}\.?(?::\d{1,5})?$/i;

function endpointOf(text: string): Endpoint | null {
  try {
    return parseEndpoint(text);
  } catch (error) {
    if (error instanceof CacheauthError) return null;
    throw error;
  }
}

function foreignHostOf(text: string): ReturnType<typeof findForeignHost> {
  try {
    const { host, port } = readHostText(text);
    return findForeignHost(host, port);
  } catch (error) {
    if (error instanceof CacheauthError) return null;
    throw error;
  }
}
