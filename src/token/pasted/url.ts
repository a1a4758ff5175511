import type { Layer, Unwrapped } from "./layer.ts";
import { hasTokenMarks } from "./marks.ts";

const schemes = /^(rediss?|valkeys?|redis\+(?:tls|ssl)|valkey\+tls|tls|ssl):\/\//i;

/**
 * A token in the user info of a connection URL, where it must be percent-encoded once more: its `/` and `?` end the
 * user info otherwise, and its `%2F` are decoded by the client. Where it is not, it is taken as it stands.
 */
export function unwrapUrl(text: string): Unwrapped | null {
  const scheme = schemes.exec(text)?.[0];
  if (scheme === undefined) return null;
  const rest = text.slice(scheme.length);
  const at = rest.lastIndexOf("@");
  const colon = rest.indexOf(":");
  // Cut by a shell at the first &, it has lost its host.
  const cut = at < 0 ? /^([^:/?@]*):([^:/?@]+\/\?.*)$/s.exec(rest) : null;
  if (cut) return { text: cut[2] ?? "", user: cut[1] || null, layers: layersOf(scheme, true, cut[1] ?? "") };
  if (at < 0 || colon < 0 || colon > at) return null;
  const password = rest.slice(colon + 1, at);
  const raw = /[/?&#]/.test(password);
  const inner = raw ? password : decoded(password);
  if (!hasTokenMarks(inner)) return null;
  const user = decoded(rest.slice(0, colon));
  const host = /^[^/?#,\s]*/.exec(rest.slice(at + 1))?.[0] ?? "";
  return {
    text: inner,
    user: user === "" ? null : user,
    endpoint: host === "" ? null : host,
    layers: layersOf(scheme, raw, user),
  };
}

function layersOf(scheme: string, raw: boolean, user: string): readonly Layer[] {
  return [
    { rule: "unwrapped", what: `a ${scheme.toLowerCase()} URL` },
    ...(raw ? [{ rule: "url-unescaped", what: scheme.toLowerCase() } as const] : []),
    ...(user === "" ? [{ rule: "auth-without-user", what: "a URL with no user before the colon" } as const] : []),
  ];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
