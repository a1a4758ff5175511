/** What goes wrong on the way, one endpoint each, and what probe says of it. Run in-process and by the executables. */
import type { FindingId } from "../../src/findings/ids.ts";
import type { HostileName } from "../real/hostile.ts";

export interface Fault {
  readonly server: HostileName;
  /** The stage at which it ends; null where it does not. */
  readonly stage: string | null;
  readonly exit: number;
  /** The first causes, in their order. */
  readonly causes: readonly FindingId[];
  /** In the first cause, or in the verdict where there is none. */
  readonly says: RegExp;
  /** What the server sees last before it falls silent: then the time is over. `connect` where it sees nothing. */
  readonly silentAfter?: string;
  /** Where a reset and an open connection race. */
  readonly orStage?: string;
  /** Deno has fewer codes for alerts. */
  readonly onDeno?: Pick<Fault, "causes" | "says">;
}

const onlyAws: readonly FindingId[] = ["policy-user-denied", "user-not-iam", "user-not-in-group", "group-not-attached"];

const at =
  (stage: string | null, exit: number) =>
  (server: HostileName, causes: Fault["causes"], says: RegExp, more: Partial<Fault> = {}): Fault => ({
    server,
    stage,
    exit,
    causes,
    says,
    ...more,
  });
const connect = at("connect", 4);
const tls = at("tls", 4);
const auth = at("auth", 5);
const ping = at("ping", 1);
const topology = at("topology", 1);
const fine = at(null, 0);

export const faults: readonly Fault[] = [
  connect("refuses", ["connect-refused"], /refuses port \d+: the machine answers/),
  connect("never-connects", ["connect-timeout"], /did not answer on port/, { silentAfter: "connect" }),
  tls("silent", ["tls-silent"], /in clear text nothing answers either/, { silentAfter: "bytes" }),
  tls("closes-at-once", ["closed-early"], /closed it within the TLS handshake/),
  tls("resets-at-once", ["closed-early"], /closed it within the TLS handshake|resets the connection at once/, {
    orStage: "connect",
  }),
  tls("half-closed", ["closed-early"], /closed it within the TLS handshake/),
  tls("closes-on-bytes", ["closed-early"], /closed it within the TLS handshake/),
  tls("closes-in-handshake", ["closed-early"], /closed it within the TLS handshake/),
  tls("resets-in-handshake", ["closed-early"], /closed it within the TLS handshake/),
  tls("handshake-stops", ["tls-silent"], /speaks TLS, yet gave no answer/, { silentAfter: "bytes" }),
  tls("smtp", ["not-redis"], /a mail server \("220 mail\.test ESMTP Postfix"\)/),
  tls("ssh", ["not-redis"], /an SSH server/),
  tls("http", ["not-redis"], /an HTTP server or proxy \("HTTP\/1\.1 400 Bad Request"\)/),
  tls("memcached", ["not-redis"], /a Memcached server.*no IAM/),
  tls("plaintext", ["tls-off"], /in clear text \("-NOAUTH Authentication required\."\): its TLS is off/, {
    silentAfter: "bytes",
  }),
  tls("plaintext-open", ["tls-off"], /in clear text \("\+PONG"\): its TLS is off/, { silentAfter: "bytes" }),
  tls("plaintext-loading", ["tls-off"], /in clear text \("-LOADING/, { silentAfter: "bytes" }),
  tls("protected-mode", ["tls-off"], /in clear text \("-DENIED/),
  tls("max-clients", ["tls-off"], /in clear text \("-ERR max number of clients reached"\)/),
  tls("alert-handshake-failure", ["client-certificate-required"], /ended the handshake/),
  tls("alert-unrecognized-name", ["certificate-name-mismatch"], /knows no host named localhost/, {
    onDeno: { causes: ["client-certificate-required"], says: /ended the handshake/ },
  }),
  tls("tls11-only", ["tls-version"], /neither TLS 1\.2 nor 1\.3/),
  tls("client-certificate-tls12", ["client-certificate-required"], /ended the handshake/),
  auth("client-certificate-tls13", ["client-certificate-required"], /demands a certificate of the client/),
  tls("self-signed", ["certificate-untrusted"], /signed by itself \("CN=localhost"\)/),
  tls("unknown-authority", ["certificate-untrusted"], /signed by "CN=somebody else's CA"; .* holds "/),
  tls("expired", ["certificate-expired"], /ended at 2020-02-01T00:00:00Z/),
  tls("not-yet-valid", ["certificate-expired"], /valid only from 2090-01-01T00:00:00Z/),
  tls("wrong-name", ["certificate-name-mismatch"], /for "cache\.wrong\.test", "\*\.wrong\.test", not for "localhost"/),
  auth("https", ["not-redis"], /an HTTP server or proxy/),
  auth("memcached-tls", ["not-redis"], /a Memcached server/),
  auth("closes-after-tls", ["closed-early"], /closed the connection at HELLO 3 AUTH/),
  auth("resets-after-tls", ["closed-early"], /closed the connection at HELLO 3 AUTH/),
  auth("silent-after-tls", ["no-answer"], /no reply to HELLO 3 AUTH/, { silentAfter: "bytes" }),
  auth("max-clients-tls", ["max-clients"], /"ERR max number of clients reached"/),
  auth("protected-mode-tls", ["protected-mode"], /"DENIED Redis is running in protected mode/),
  auth("noauth", ["noauth"], /"NOAUTH Authentication required"/),
  auth("wrongpass", ["wrongpass", ...onlyAws], /nothing is wrong with it/),
  auth("iam-unavailable", ["iam-unavailable"], /"ERR service is not available"/),
  auth("iam-throttled", ["iam-throttled"], /"ERR Exceeded limit of IAM Authentication requests"/),
  auth("iam-service-unavailable", ["iam-unavailable"], /"ERR IAM Authentication service is not available"/),
  auth("auth-without-user", ["auth-without-user"], /login for one by password alone/),
  auth("protocol-error", ["too-long"], /longer than what the server reads/),
  auth("redis-5", ["engine-too-old"], /older than Redis 6/),
  auth("hello-unknown-wrongpass", ["wrongpass", ...onlyAws], /nothing is wrong with it/),
  auth("echoes-token", ["reply-unexpected"], /\[token\]/),
  auth("closes-on-auth", ["closed-early"], /closed the connection at HELLO 3 AUTH/),
  auth("resets-on-auth", ["closed-early"], /closed the connection at HELLO 3 AUTH/),
  auth("silent-on-auth", ["no-answer"], /no reply to HELLO 3 AUTH/, { silentAfter: "hello" }),
  auth("closes-after-auth", ["closed-after-auth"], /took the login \(OK\) and then closed/),
  auth("resets-after-auth", ["closed-after-auth"], /took the login \(OK\) and then closed/),
  auth("silent-after-auth", ["no-answer"], /took the login \(OK\) and then answered nothing/, { silentAfter: "acl" }),
  auth("whoami-differs", ["user-differs"], /ACL WHOAMI says "default", not "my-user"/),
  auth("garbage", ["not-redis"], /another service/),
  auth("garbage-at-once", ["not-redis"], /another service/),
  auth("endless-line", ["not-redis"], /not of the protocol .*begins with "\+AAAA/),
  auth("endless-error", ["not-redis"], /not of the protocol/),
  auth("endless-pushes", ["no-answer"], /no reply to HELLO 3 AUTH/, { silentAfter: "hello" }),
  auth("endless-attributes", ["not-redis"], /not of the protocol/),
  auth("huge-bulk", ["not-redis"], /begins with "\$1000000000"/),
  auth("huge-array", ["not-redis"], /begins with "\*1000000000"/),
  auth("huge-map", ["not-redis"], /begins with "%4294967296"/),
  auth("deep-nesting", ["not-redis"], /not of the protocol/),
  auth("bad-length", ["not-redis"], /begins with "\$-7"/),
  auth("half-a-reply", ["no-answer"], /no reply to HELLO 3 AUTH/, { silentAfter: "hello" }),
  auth("half-a-reply-closes", ["closed-early"], /in the middle of its reply, which begins with "\$10"/),
  auth("two-replies-each", ["user-differs"], /says ""/),
  auth("escapes-in-error", ["wrongpass", ...onlyAws], /WRONGPASS/),
  auth("escapes-in-error-code", ["reply-unexpected"], /error of its own/),
  auth("escapes-in-replies", ["user-differs"], /says ".*red/),
  ping("loading", ["server-loading"], /"LOADING Redis is loading the dataset in memory"/),
  ping("closes-on-ping", ["closed-early"], /closed the connection at PING/),
  ping("ping-refused", ["reply-unexpected"], /"ERR not today"/),
  topology("sentinel", ["server-is-sentinel"], /This is a Sentinel/),
  fine("acl-blocks-start", ["acl-blocks-start"], /forbids PING, INFO, CLUSTER, COMMAND/),
  fine("good", [], /knows this connection as my-user/),
  fine("hello-unknown", [], /knows this connection as my-user/),
  fine("hello-noproto", [], /knows this connection as my-user/),
  fine("tls12-only", [], /knows this connection as my-user/),
  fine("tls13-only", [], /knows this connection as my-user/),
  fine("byte-by-byte", [], /knows this connection as my-user/),
  fine("replica", [], /knows this connection as my-user/),
  fine("whoami-noperm", [], /The login as my-user was taken/),
  fine("whoami-unknown", [], /The login as my-user was taken/),
  fine("escapes-in-certificate", [], /knows this connection as my-user/),
];
