/**
 * What a server said, fit to be shown: one line, cut, and without any piece of the token. A server may say it back: Redis
 * itself shows the arguments of a command that it does not know.
 */
export function serverWords(text: string, token: string | null): string {
  const line = text.replace(/\s+$/, "");
  const clean = token === null ? line : withoutPieces(line, token);
  const one = clean.split(/\r?\n/, 1)[0] ?? "";
  return one.length > 200 ? `${one.slice(0, 200)}…` : one;
}

/** A stretch that long in common with a secret of the token, or with the token, is a piece of it. */
const pieceOfSecret = 8;
const pieceOfToken = 16;

function withoutPieces(text: string, token: string): string {
  const secrets = [...token.matchAll(/X-Amz-(?:Signature|Security-Token)=([^&]*)/g)].map(([, value = ""]) => value);
  const decoded = secrets.map((value) =>
    value.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16))),
  );
  const hidden = new Uint8Array(text.length);
  for (const secret of [...secrets, ...decoded]) markPieces(text, secret, pieceOfSecret, hidden);
  markPieces(text, token, pieceOfToken, hidden);
  let shown = "";
  for (let index = 0; index < text.length; index += 1) {
    if (!hidden[index]) shown += text[index];
    else if (index === 0 || !hidden[index - 1]) shown += "[token]";
  }
  return shown;
}

function markPieces(text: string, secret: string, length: number, hidden: Uint8Array): void {
  const pieces = new Set<string>();
  for (let start = 0; start + length <= secret.length; start += 1) pieces.add(secret.slice(start, start + length));
  for (let start = 0; start + length <= text.length; start += 1) {
    if (pieces.has(text.slice(start, start + length))) hidden.fill(1, start, start + length);
  }
}
