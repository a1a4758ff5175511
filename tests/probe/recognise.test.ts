import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { recognise } from "../../src/probe/recognise.ts";
import { runs } from "../runs.ts";

const latin1 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

/** First bytes as the servers send them. */
const firsts: readonly (readonly [first: string, label: string, line: string])[] = [
  ["+PONG\r\n", "a Redis or Valkey server", "+PONG"],
  ["$4\r\nPONG\r\n", "a Redis or Valkey server", "$4"],
  ["-NOAUTH Authentication required.\r\n", "a Redis or Valkey server", "-NOAUTH Authentication required."],
  [
    "-LOADING Redis is loading the dataset in memory\r\n",
    "a Redis or Valkey server",
    "-LOADING Redis is loading the dataset in memory",
  ],
  ["-ERR max number of clients reached\r\n", "a Redis or Valkey server", "-ERR max number of clients reached"],
  ["-MISCONF Redis is configured to save\r\n", "a Redis or Valkey server", "-MISCONF Redis is configured to save"],
  ["\x15\x03\x01\x00\x02\x02\x46", "a TLS server", ""],
  ["\x16\x03\x03\x40\x00\x02", "a TLS server", ""],
  ["ERROR\r\n", "a Memcached server", "ERROR"],
  ["CLIENT_ERROR bad command line format\r\n", "a Memcached server", "CLIENT_ERROR bad command line format"],
  ["HTTP/1.1 400 Bad Request\r\nServer: nginx\r\n", "an HTTP server or proxy", "HTTP/1.1 400 Bad Request"],
  ["<html>\r\n<head><title>400 Bad Request", "an HTTP server or proxy", "<html>"],
  ["SSH-2.0-OpenSSH_9.2p1\r\n", "an SSH server", "SSH-2.0-OpenSSH_9.2p1"],
  ["220 mail.test ESMTP Postfix\r\n", "a mail server", "220 mail.test ESMTP Postfix"],
  ["220 (vsFTPd 3.0.3)\r\n", "an FTP or mail server", "220 (vsFTPd 3.0.3)"],
  ["+OK Dovecot ready.\r\n", "a POP3 server", "+OK Dovecot ready."],
  ["* OK [CAPABILITY IMAP4rev1] ready\r\n", "an IMAP server", "* OK [CAPABILITY IMAP4rev1] ready"],
  ["AMQP\x00\x00\x09\x01", "an AMQP broker", "AMQP\x00\x00\x09\x01"],
  ["J\x00\x00\x00\n8.0.36\x00", "a MySQL server", "J\x00\x00\x00"],
  ["what is this", "another service", "what is this"],
];

for (const [first, label, line] of firsts) {
  test(`recognise: ${JSON.stringify(first.slice(0, 24))} is ${label}`, () => {
    const speaker = recognise(latin1(first));
    assert.deepEqual([speaker?.label, speaker?.line], [label, line]);
  });
}

test("recognise: nothing is nobody, and no bytes are too odd", () => {
  assert.equal(recognise(new Uint8Array(0)), null);
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 600 }), (bytes) => {
      const speaker = recognise(bytes);
      assert.ok(speaker && !/[\r\n]\n/.test(speaker.line) && speaker.line.length <= 512);
    }),
    runs(2_000),
  );
});
