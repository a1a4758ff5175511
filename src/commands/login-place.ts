/** Where a login goes, and which cache that is, as far as an endpoint and flags tell. */
import { CacheauthError } from "../errors.ts";
import { type Endpoint, readEndpoint } from "../target/endpoint.ts";
import { nameTheCache } from "../target/foreign-hosts.ts";
import { type HostText, readHostText } from "../target/host-text.ts";
import type { TargetDraft, TargetWords } from "../target/resolve-target.ts";
import { flagNaming } from "./flag-naming.ts";
import { draftOf, from } from "./target-flags.ts";

/** Where to connect, and what tells which cache that is. */
export interface Place {
  readonly endpoint: { readonly host: string; readonly port: number };
  readonly words: TargetWords;
  /** What the cache's own endpoint tells; null for a tunnel, a CNAME, and a host that can be read in two ways. */
  readonly told: Endpoint | null;
}

/** The address of a tunnel does not tell which cache it leads to; the endpoint that the certificate must name does. */
export function placeOf(read: HostText, words: TargetWords, sni: string | undefined): Place {
  const endpoint = { host: read.host, port: read.port ?? 6379 };
  const told = toldBy(() => read);
  const behind = told === null && sni !== undefined ? toldBy(() => readHostText(sni)) : null;
  return behind === null ? { endpoint, words, told } : { endpoint, words: { ...words, endpoint: sni }, told: behind };
}

/** A name alone is enough to sign for, and not to connect to. */
export function draftToSign(words: TargetWords): TargetDraft {
  try {
    return draftOf(words);
  } catch (error) {
    if (!(error instanceof CacheauthError)) throw error;
    const behind = "Or give the cache's own endpoint beside it: --sni HOST.";
    if (error.hint.endsWith(nameTheCache("", flagNaming))) {
      throw new CacheauthError(error.code, error.message, `${error.hint} ${behind}`);
    }
    if (error.code !== "endpoint-is-a-name") throw error;
    const otherwise = nameTheCache("If this is a host that leads to a cache", flagNaming);
    throw new CacheauthError(
      error.code,
      error.message,
      `Give the endpoint that the console shows. ${otherwise} ${behind}`,
    );
  }
}

/** Any host can be connected to; only to sign for it, it must be known what it is. */
export function draftOrNull(words: TargetWords, origin: string | null): TargetDraft | null {
  try {
    return from(origin, () => draftOf(words));
  } catch (error) {
    const other = ["endpoint-unknown", "endpoint-is-a-name", "endpoint-not-a-cache", "target-missing"];
    if (error instanceof CacheauthError && other.includes(error.code)) return null;
    throw error;
  }
}

function toldBy(read: () => HostText): Endpoint | null {
  try {
    const endpoint = readEndpoint(read(), flagNaming);
    return endpoint.doubts.length > 0 ? null : endpoint;
  } catch (error) {
    if (error instanceof CacheauthError) return null;
    throw error;
  }
}
