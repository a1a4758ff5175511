/** What speaks in clear text on a port, by the first bytes that it answers a PING with. */
export interface Speaker {
  readonly what: "redis" | "sentinel" | "http" | "memcached" | "tls" | "other";
  /** In a person's words: "an HTTP server". */
  readonly label: string;
  /** Its first line, as far as it is text. */
  readonly line: string;
}

/** Null where nothing came. */
export function recognise(bytes: Uint8Array): Speaker | null {
  if (bytes.length === 0) return null;
  // A TLS record: an alert (21) or a handshake (22) of version 3.x (RFC 8446, 5.1).
  if ((bytes[0] === 21 || bytes[0] === 22) && bytes[1] === 3) return { what: "tls", label: "a TLS server", line: "" };
  const text = new TextDecoder().decode(bytes.subarray(0, 512));
  const line = text.split(/\r?\n/, 1)[0] ?? "";
  // Its errors begin with a code in capitals: NOAUTH, LOADING, DENIED, ERR.
  if (/^\+PONG\r?\n|^\$4\r\nPONG|^-[A-Z]+ /.test(text)) {
    return { what: "redis", label: "a Redis or Valkey server", line };
  }
  // Memcached answers ERROR to what it does not know, and closes on what it takes for HTTP.
  if (/^(CLIENT_|SERVER_)?ERROR\b/.test(line)) return { what: "memcached", label: "a Memcached server", line };
  if (/^HTTP\/\d|^<(!doctype|html|\?xml)/i.test(line)) return { what: "http", label: "an HTTP server or proxy", line };
  for (const [pattern, label] of greetings) if (pattern.test(text)) return { what: "other", label, line };
  return { what: "other", label: "another service", line };
}

/** Services that greet first. */
const greetings: readonly (readonly [RegExp, string])[] = [
  [/^SSH-/, "an SSH server"],
  [/^220[ -].*(SMTP|mail)/i, "a mail server"],
  [/^220[ -]/, "an FTP or mail server"],
  [/^\+OK\b/, "a POP3 server"],
  [/^\* OK\b/, "an IMAP server"],
  [/^AMQP/, "an AMQP broker"],
  // Three bytes of length, a sequence number, the protocol's version 10, the server's version.
  [/^.{3}\0\n\d/s, "a MySQL server"],
];
