/** The URL that Redis clients take: `rediss://USER:TOKEN@HOST:PORT`. A token is a secret, and so is this. */
export function connectionUrl(host: string, port: number, user: string, token: string): string {
  const name = host.includes(":") ? `[${host}]` : host;
  return `rediss://${escaped(user)}:${escaped(token)}@${name}:${port}`;
}

/** All but RFC 3986's unreserved characters: encodeURIComponent leaves five more, which some client may not. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
