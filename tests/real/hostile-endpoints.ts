/**
 * Every hostile endpoint by name. Data and short deeds alone: hostile-server.ts carries them out, hostile.ts starts
 * them for a test. The texts of errors are the servers' own: Redis 5 and 7, Memcached 1.6, AWS.
 */
import type { SecureVersion } from "node:tls";
import type { CertificateKind } from "./authority.ts";
import type { Connection } from "./hostile-connection.ts";
import {
  type Answers,
  bulk,
  greeting,
  info,
  noauth,
  quoted,
  redis,
  type Session,
  usual,
  wrongpass,
} from "./scripted-redis.ts";

export interface Endpoint {
  /** Null: plaintext. */
  readonly tls: Tls | null;
  /** Runs when the connection stands, with TLS when its handshake is done. */
  readonly script: (connection: Connection) => void | Promise<void>;
  /** Runs before the handshake, which waits for it. */
  readonly before?: (connection: Connection) => Promise<void>;
}

interface Tls {
  readonly certificate?: CertificateKind;
  readonly versions?: readonly [min: SecureVersion, max: SecureVersion];
  readonly clientCertificate?: boolean;
}

const plain = (script: Endpoint["script"]): Endpoint => ({ tls: null, script });
const tls = (script: Endpoint["script"], options: Tls = {}): Endpoint => ({ tls: options, script });
/** Over TLS, for that is where a cache is. */
const says = (answers: Answers): Endpoint => tls(redis(answers));
/** The same reply to HELLO and to AUTH. */
const refuses = (reply: string): Endpoint => says({ hello: reply, auth: reply });

const silent = () => {};
const closes = (connection: Connection) => connection.close();
const resets = (connection: Connection) => connection.reset();
const greets = (text: string) => (connection: Connection) => connection.write(text);
/** Whatever the client sends first is answered by this, and the end. */
const turnsAway = (text: string) => (connection: Connection) => {
  connection.stream.once("data", () => {
    connection.write(text);
    connection.close();
  });
};
/** For each line that comes, as a server of lines does. */
const perLine = (text: string) => (connection: Connection) => {
  connection.stream.on("data", (bytes: Buffer) => {
    for (const byte of bytes) if (byte === 10) connection.write(text);
  });
};
/** More and more of it, as fast as it is read, until the client is gone. */
const floods = (start: string, more: string) => (connection: Connection) => {
  const { stream } = connection;
  const chunk = Buffer.from(more.repeat(Math.ceil(65_536 / more.length)), "latin1");
  const pour = () => {
    while (stream.writable && stream.write(chunk));
  };
  stream.on("drain", pour);
  connection.write(start);
  pour();
};

const http =
  "HTTP/1.1 400 Bad Request\r\nServer: awselb/2.0\r\nContent-Type: text/html\r\nContent-Length: 11\r\nConnection: close\r\n\r\n" +
  "Bad Request";
const loading = "-LOADING Redis is loading the dataset in memory\r\n";
const denied =
  "-DENIED Redis is running in protected mode because protected mode is enabled and no password is set for the default " +
  "user. In this mode connections are only accepted from the loopback interface. If you want to connect from external " +
  "computers to Redis you may adopt one of the following solutions: 1) Just disable protected mode\r\n";
const clients = "-ERR max number of clients reached\r\n";
const thenCloses = (text: string) => (connection: Connection) => {
  connection.write(text);
  connection.close();
};
/** Redis before 6 knows no HELLO, and repeats what it was sent: the token too. */
const unknownHello = (connection: Connection, words: readonly string[]) =>
  connection.write(`-ERR unknown command \`${words[0]}\`, with args beginning with: ${quoted(words)}\r\n`);
const noperm = (command: string) =>
  `-NOPERM this user has no permissions to run the '${command}' command or its subcommand\r\n`;
/** Clears the screen, colours, rings, sets the window's title, and turns the text round; UTF-8 as bytes. */
const nasty = Buffer.from("\u001b[2J\u001b[31mred\u0007\u001b]0;pwned\u0007\u009b1m\u202eback\u200b", "utf8").toString(
  "latin1",
);
/** Every reply of a good server, each byte a write of its own, one reply after the other. */
function byteByByte(connection: Connection): void {
  let written = Promise.resolve();
  const write = (text: string) => {
    written = written.then(async () => {
      for (const byte of text) {
        connection.write(byte);
        await new Promise((next) => setImmediate(next));
      }
    });
  };
  redis()({ ...connection, write });
}

export const endpoints = {
  // As a connection. The two that no server of Node's can be, refuses and never-connects, are in hostile.ts.
  silent: plain(silent),
  "closes-at-once": plain(closes),
  "resets-at-once": plain(resets),
  /** Says nothing, and takes what is said; its own half of the connection is closed from the start. */
  "half-closed": plain((connection) => {
    connection.stream.resume();
    connection.close();
  }),
  "closes-on-bytes": plain(turnsAway("")),

  // Another protocol, or Redis without TLS.
  smtp: plain(greets("220 mail.test ESMTP Postfix\r\n")),
  ssh: plain(greets("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n")),
  http: plain(turnsAway(http)),
  https: tls(turnsAway(http)),
  memcached: plain(perLine("ERROR\r\n")),
  "memcached-tls": tls(perLine("ERROR\r\n")),
  plaintext: plain(redis()),
  "plaintext-open": plain(redis({ ping: "+PONG\r\n" })),
  "plaintext-loading": plain(redis({ ping: loading })),
  "protected-mode": plain(thenCloses(denied)),
  "max-clients": plain(thenCloses(clients)),

  // During the handshake.
  "handshake-stops": plain((connection) => {
    connection.stream.once("data", () => connection.write("\x16\x03\x03\x40\x00\x02"));
  }),
  /** Fatal alerts: handshake_failure (40), unrecognized_name (112). */
  "alert-handshake-failure": plain(turnsAway("\x15\x03\x03\x00\x02\x02\x28")),
  "alert-unrecognized-name": plain(turnsAway("\x15\x03\x03\x00\x02\x02\x70")),
  "closes-in-handshake": plain(turnsAway("")),
  "resets-in-handshake": plain((connection) => {
    connection.stream.once("data", () => connection.reset());
  }),
  "tls11-only": tls(redis(), { versions: ["TLSv1", "TLSv1.1"] }),
  "tls12-only": tls(redis(), { versions: ["TLSv1.2", "TLSv1.2"] }),
  "tls13-only": tls(redis(), { versions: ["TLSv1.3", "TLSv1.3"] }),
  "client-certificate-tls12": tls(redis(), { clientCertificate: true, versions: ["TLSv1.2", "TLSv1.2"] }),
  "client-certificate-tls13": tls(redis(), { clientCertificate: true, versions: ["TLSv1.3", "TLSv1.3"] }),
  "self-signed": tls(redis(), { certificate: "self-signed" }),
  "unknown-authority": tls(redis(), { certificate: "unknown-authority" }),
  expired: tls(redis(), { certificate: "expired" }),
  "not-yet-valid": tls(redis(), { certificate: "not-yet-valid" }),
  "wrong-name": tls(redis(), { certificate: "wrong-name" }),
  "cache-by-proxy": tls(redis(), { certificate: "cache-by-proxy" }),
  "escapes-in-certificate": tls(redis(), { certificate: "escapes" }),

  // After the handshake.
  "closes-after-tls": tls(closes),
  "resets-after-tls": tls(resets),
  "silent-after-tls": tls(silent),
  "max-clients-tls": tls(thenCloses(clients)),
  "protected-mode-tls": tls(thenCloses(denied)),

  // What AUTH and HELLO are answered.
  good: says({}),
  noauth: refuses(noauth),
  wrongpass: refuses(wrongpass),
  "iam-unavailable": refuses("-ERR service is not available\r\n"),
  "iam-throttled": refuses("-ERR Exceeded limit of IAM Authentication requests\r\n"),
  "iam-service-unavailable": refuses("-ERR IAM Authentication service is not available\r\n"),
  "auth-without-user": refuses(
    "-ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?\r\n",
  ),
  "protocol-error": tls(redis({ "*": thenCloses("-ERR Protocol error: unauthenticated bulk length\r\n") })),
  "hello-unknown": says({ hello: unknownHello }),
  "hello-unknown-wrongpass": says({ hello: unknownHello, auth: wrongpass }),
  "hello-noproto": says({ hello: "-NOPROTO unsupported protocol version\r\n" }),
  "redis-5": says({ hello: unknownHello, auth: "-ERR wrong number of arguments for 'auth' command\r\n" }),
  /** The whole token in an error. */
  "echoes-token": says({
    hello: (connection, words) => connection.write(`-ERR I know nothing of ${words.join(" ")}\r\n`),
    auth: (connection, words) => connection.write(`-ERR nor of ${words.join(" ")}\r\n`),
  }),
  "closes-on-auth": says({ hello: closes, auth: closes }),
  "resets-on-auth": says({ hello: resets, auth: resets }),
  "silent-on-auth": says({ hello: silent, auth: silent }),
  "closes-after-auth": says({ "after login": closes }),
  "resets-after-auth": says({ "*": "", hello: usually, auth: usually, "after login": resets }),
  "silent-after-auth": says({ "*": "", hello: usually, auth: usually }),

  // What follows a login.
  loading: says({ ping: loading, info: loading, acl: loading, cluster: loading, role: loading, command: loading }),
  "closes-on-ping": says({ ping: closes }),
  "ping-refused": says({ ping: "-ERR not today\r\n" }),
  "whoami-differs": says({ "acl whoami": bulk("default") }),
  "whoami-noperm": says({ "acl whoami": noperm("acl|whoami") }),
  "whoami-unknown": says({ acl: "-ERR unknown command 'ACL', with args beginning with: 'WHOAMI' \r\n" }),
  "acl-blocks-start": says({
    ping: noperm("ping"),
    info: noperm("info"),
    cluster: noperm("cluster"),
    command: noperm("command"),
    acl: noperm("acl|whoami"),
  }),
  replica: says({
    hello: (connection, words, session) => {
      usual("hello", words, session);
      connection.write(greeting(session, { role: "replica" }));
    },
    info: bulk(info({ role: "slave" })),
  }),
  sentinel: says({
    hello: (connection, words, session) => {
      usual("hello", words, session);
      connection.write(greeting(session, { mode: "sentinel", role: "master" }));
    },
    info: bulk(info({ redis_mode: "sentinel" })),
  }),

  // Replies that no client must choke on.
  garbage: says({ "*": "\x00\xff\xfe}{\x80\r\n\r\r\n\n*x\r\n" }),
  "garbage-at-once": tls(greets("\x00\x01\x02\x03garbage\x80\xff\r\n")),
  "endless-line": says({ "*": floods("+", "A") }),
  "endless-error": says({ "*": floods("-ERR ", "A") }),
  "endless-pushes": says({ "*": floods("", ">2\r\n+invalidate\r\n*1\r\n+k\r\n") }),
  "endless-attributes": says({ "*": floods("", "|1\r\n+ttl\r\n:1\r\n") }),
  "huge-bulk": says({ "*": floods("$1000000000\r\n", "x") }),
  "huge-array": says({ "*": floods("*1000000000\r\n", ":1\r\n") }),
  "huge-map": says({ "*": "%4294967296\r\n" }),
  "deep-nesting": says({ "*": floods("", "*1\r\n") }),
  "bad-length": says({ "*": "$-7\r\nxx\r\n" }),
  "half-a-reply": says({ "*": "$10\r\nhalf" }),
  "half-a-reply-closes": says({ "*": thenCloses("$10\r\nhalf") }),
  "two-replies-each": says({
    "*": (connection, words, session) => {
      const reply = usual((words[0] ?? "").toLowerCase(), words, session);
      connection.write(reply + reply);
    },
  }),
  "byte-by-byte": tls(byteByByte),
  "escapes-in-error": refuses(`-WRONGPASS ${nasty} invalid username-password pair\r\n`),
  "escapes-in-error-code": refuses(`-${nasty}\r\n`),
  "escapes-in-replies": says({
    hello: (connection, words, session) => {
      usual("hello", words, session);
      connection.write(greeting(session, { server: `redis${nasty}`, version: nasty, mode: nasty, role: nasty }));
    },
    "acl whoami": bulk(nasty),
    info: bulk(info({ redis_version: nasty, redis_mode: nasty, role: nasty })),
    ping: `+${nasty}\r\n`,
    cluster: `-ERR ${nasty}\r\n`,
  }),

  /** A good server that waits at each stage until the test says `release(stage)`: tls, auth, ping, topology. */
  slow: {
    tls: {},
    before: (connection) => connection.gate("tls"),
    script: redis({
      hello: waiting("auth"),
      auth: waiting("auth"),
      ping: waiting("ping"),
      acl: waiting("auth"),
      info: waiting("topology"),
      role: waiting("topology"),
      cluster: waiting("topology"),
      command: waiting("topology"),
    }),
  },
} satisfies Readonly<Record<string, Endpoint>>;

function usually(connection: Connection, words: readonly string[], session: Session): void {
  connection.write(usual((words[0] ?? "").toLowerCase(), words, session));
}

function waiting(stage: string): Answers[string] {
  return async (connection, words, session) => {
    await connection.gate(stage);
    usually(connection, words, session);
  };
}
