/** Commands and replies over a connection, and what it means where none comes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Answer, converse } from "../../src/probe/conversation.ts";
import { noReply } from "../../src/probe/diagnose/no-reply.ts";
import { explainRefusal } from "../../src/probe/diagnose/refusal.ts";
import type { ProbeRequest } from "../../src/probe/request.ts";
import { text } from "../../src/resp/value.ts";
import type { Connection } from "../../src/runtime.ts";
import type { Ended } from "../../src/walk/step.ts";
import { pending, settled } from "../walk/clock.ts";

const bytes = (said: string) => Uint8Array.from(said, (char) => char.charCodeAt(0));

/** A connection that gives these pieces, and then ends, or fails with a code. */
function gives(pieces: readonly string[], code: string | null = null) {
  const left = [...pieces];
  const seen = { written: "", destroyed: 0 };
  const connection = {
    async read() {
      const piece = left.shift();
      if (piece !== undefined) return bytes(piece);
      if (code === null) return null;
      throw Object.assign(new Error("broken"), { code });
    },
    async write(sent: Uint8Array) {
      seen.written += new TextDecoder().decode(sent);
    },
    destroy() {
      seen.destroyed += 1;
    },
  } as unknown as Connection;
  return { conversation: converse(connection), seen };
}

const signal = new AbortController().signal;
const shown = (answer: Answer | undefined) =>
  answer?.kind === "reply" ? text(answer.value) : answer?.kind === "refusal" ? `- ${answer.words}` : answer?.kind;

test("conversation: commands go out at once, and each gets its answer, however the bytes are cut", async () => {
  const replies = "+PONG\r\n-ERR no\r\n$5\r\nhello\r\n:7\r\n";
  for (const pieces of [[replies], [...replies], [replies.slice(0, 9), replies.slice(9)]]) {
    const { conversation, seen } = gives(pieces);
    const answers = await conversation.ask([["PING"], ["A", "é"], ["B"], ["C"]], signal);
    assert.deepEqual(answers.map(shown), ["PONG", "- ERR no", "hello", "7"]);
    assert.equal(seen.written, "*1\r\n$4\r\nPING\r\n*2\r\n$1\r\nA\r\n$2\r\né\r\n*1\r\n$1\r\nB\r\n*1\r\n$1\r\nC\r\n");
  }
});

test("conversation: what is pushed in between is no answer", async () => {
  const { conversation } = gives([">2\r\n+invalidate\r\n*1\r\n+k\r\n+PONG\r\n"]);
  assert.deepEqual((await conversation.ask([["PING"]], signal)).map(shown), ["PONG"]);
});

test("conversation: the end of the stream and its code; then all that is asked ends so, and nothing is sent", async () => {
  for (const code of [null, "ECONNRESET"]) {
    const { conversation, seen } = gives(["+PONG\r\n"], code);
    const [first, second, third] = await conversation.ask([["PING"], ["PING"], ["PING"]], signal);
    assert.deepEqual([shown(first), second, third], ["PONG", { kind: "closed", code }, { kind: "closed", code }]);
    const { written } = seen;
    assert.deepEqual(await conversation.ask([["AUTH", "secret"]], signal), [{ kind: "closed", code }]);
    assert.equal(seen.written, written);
  }
});

test("conversation: what is no RESP is kept to be looked at, up to 512 bytes, and so is a reply that is cut off", async () => {
  const http = `HTTP/1.1 400 Bad\r\n${"x".repeat(2_000)}`;
  const [answer] = await gives([http.slice(0, 5), http.slice(5)]).conversation.ask([["PING"]], signal);
  assert.ok(answer?.kind === "foreign" && !answer.isCut);
  assert.equal(new TextDecoder().decode(answer.bytes), http.slice(0, 5));
  const [cut] = await gives(["$10\r\nha", "lf"]).conversation.ask([["PING"]], signal);
  assert.deepEqual(cut, { kind: "foreign", bytes: bytes("$10\r\nhalf"), isCut: true });
  const [long] = await gives(["$4000\r\n", "y".repeat(600)]).conversation.ask([["PING"]], signal);
  assert.ok(long?.kind === "foreign" && long.bytes.length === 512);
});

test("conversation: an abort destroys the connection; one after the answer does not", async () => {
  const stop = new AbortController();
  const hangs = pending<null>();
  let destroyed = 0;
  const connection = {
    read: () => hangs.promise,
    write: async () => {},
    destroy() {
      destroyed += 1;
      hangs.resolve(null);
    },
  } as unknown as Connection;
  const asking = converse(connection).ask([["PING"]], stop.signal);
  await settled();
  assert.equal(destroyed, 0);
  stop.abort();
  assert.deepEqual((await asking).map(shown), ["closed"]);
  assert.equal(destroyed, 1);
  const later = new AbortController();
  const { conversation, seen } = gives(["+PONG\r\n"]);
  await conversation.ask([["PING"]], later.signal);
  later.abort();
  assert.equal(seen.destroyed, 0);
  conversation.close();
  assert.equal(seen.destroyed, 1);
});

const secure = { endpoint: { host: "cache.test", port: 6379 }, tls: { name: "cache.test" } } as unknown as ProbeRequest;
const clear = { ...secure, tls: null };

interface Row {
  readonly what: string;
  readonly ended?: Ended<readonly Answer[]>;
  readonly answer?: Answer;
  readonly request?: ProbeRequest;
  readonly speaksTls?: boolean;
  readonly rule: string;
  readonly says: RegExp;
}

const foreign = (said: string, isCut = false): Answer => ({ kind: "foreign", bytes: bytes(said), isCut });
const rows: readonly Row[] = [
  {
    what: "silence",
    ended: { end: "timeout", afterMs: 4_960 },
    rule: "no-answer",
    says: /gave no reply to PING within 5 s\.$/,
  },
  {
    what: "silence in clear text, of a port that speaks TLS",
    ended: { end: "timeout", afterMs: 700 },
    request: clear,
    speaksTls: true,
    rule: "tls-required",
    says: /^Port 6379 speaks TLS: to PING in clear text came no reply within 0\.7 s\.$/,
  },
  {
    what: "silence in clear text",
    ended: { end: "timeout", afterMs: 700 },
    request: clear,
    rule: "no-answer",
    says: /0\.7 s/,
  },
  { what: "an end", answer: { kind: "closed", code: null }, rule: "closed-early", says: /at PING, without a reply\.$/ },
  { what: "a reset", answer: { kind: "closed", code: "ECONNRESET" }, rule: "closed-early", says: /\(ECONNRESET\)\.$/ },
  {
    what: "a reset in clear text, of a port that speaks TLS",
    answer: { kind: "closed", code: "ECONNRESET" },
    request: clear,
    speaksTls: true,
    rule: "tls-required",
    says: /came only a closed connection \(ECONNRESET\)\.$/,
  },
  {
    what: "an end in clear text",
    answer: { kind: "closed", code: null },
    request: clear,
    rule: "closed-early",
    says: /without/,
  },
  {
    what: "a demand for a certificate",
    answer: { kind: "closed", code: "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED" },
    rule: "client-certificate-required",
    says: /demands a certificate/,
  },
  {
    what: "TLS",
    answer: foreign("\x15\x03\x01\x00\x02\x02\x46"),
    request: clear,
    rule: "tls-required",
    says: /an answer in TLS/,
  },
  {
    what: "HTTP",
    answer: foreign("HTTP/1.1 400 Bad\r\n"),
    rule: "not-redis",
    says: /an HTTP server or proxy \("HTTP\/1\.1 400 Bad"\)/,
  },
  { what: "half a line of another", answer: foreign("SSH-2.0", true), rule: "not-redis", says: /an SSH server/ },
  {
    what: "half a reply",
    answer: foreign("$10\r\nhalf", true),
    rule: "closed-early",
    says: /in the middle of its reply, which begins with "\$10"/,
  },
  {
    what: "a broken reply",
    answer: foreign("$-7\r\n"),
    rule: "not-redis",
    says: /not of the protocol .* begins with "\$-7"/,
  },
  {
    what: "a broken reply of which nothing is kept",
    answer: foreign(""),
    rule: "not-redis",
    says: /not of the protocol that Redis and Valkey speak\.$/,
  },
];

for (const { what, ended, answer, request = secure, speaksTls = false, rule, says } of rows) {
  test(`no reply: ${what}`, async () => {
    const asked = { command: "PING", request, token: null, speaksTls: async () => speaksTls };
    const finding = await noReply(asked, ended ?? { end: "done", value: answer ? [answer] : [] });
    assert.equal(finding.rule, rule);
    assert.match(finding.message, says);
  });
}

test("no reply: over TLS nobody looks whether TLS is spoken", async () => {
  const asked = { command: "PING", request: secure, token: null, speaksTls: () => assert.fail("it looked") };
  await noReply(asked, { end: "timeout", afterMs: 1 });
  await noReply(asked, { end: "done", value: [{ kind: "closed", code: null }] });
});

const refusals: readonly (readonly [words: string, rule: string])[] = [
  ["ERR Exceeded limit of IAM Authentication requests", "iam-throttled"],
  ["ERR IAM Authentication service is not available", "iam-unavailable"],
  ["ERR service is not available", "iam-unavailable"],
  ["ERR max number of clients reached", "max-clients"],
  ["DENIED Redis is running in protected mode because", "protected-mode"],
  ["LOADING Redis is loading the dataset in memory", "server-loading"],
  ["NOAUTH Authentication required.", "noauth"],
  ["NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO <proto> AUTH", "noauth"],
  ["ERR wrong number of arguments for 'auth' command", "engine-too-old"],
  ["ERR Protocol error: unauthenticated bulk length", "too-long"],
  ["ERR Protocol error: unauthenticated multibulk length", "too-long"],
  [
    "ERR AUTH <password> called without any password configured for the default user. Are you sure",
    "auth-without-user",
  ],
  ["MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.", "reply-unexpected"],
  ["ERR not today", "reply-unexpected"],
];

test("refusals: each of the servers' own words has its meaning, and is shown without its full stop", () => {
  for (const [words, rule] of refusals) {
    const finding = explainRefusal(words, "HELLO 3 AUTH");
    assert.equal(finding.rule, rule, words);
    assert.ok(finding.message.endsWith(`"${words.replace(/\.$/, "")}".`), finding.message);
  }
  assert.match(explainRefusal("ERR not today", "PING").message, /answered PING with an error of its own/);
  const upstream =
    "ERR cacheauth emulate took the login, but the upstream 127.0.0.1:1 cannot be reached (ECONNREFUSED)";
  const { rule, message, fix, likelihood } = explainRefusal(upstream, "HELLO 3 AUTH");
  assert.deepEqual([rule, likelihood], ["reply-unexpected", "certain"]);
  assert.match(message, /^This is cacheauth emulate: .* It said: "ERR cacheauth emulate took the login/);
  assert.match(fix, /--upstream/);
});
