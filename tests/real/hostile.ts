/**
 * Hostile endpoints: servers that fail, lie or stall in one way each, on real sockets.
 *
 *     await withHostile("closes-after-tls", async ({ host, port, caFile }) => {
 *       const { code } = await run(program, ["probe", `${host}:${port}`, "--ca", caFile, …]);
 *     });
 *
 * The names, with what each does, are in hostile-endpoints.ts; those over TLS have a certificate for localhost,
 * 127.0.0.1 and ::1 by the authority in `caFile`, unless it is the certificate that is wrong. For a time-out without a
 * sleep, `await server.saw("connection")` (or "bytes", "tls", a command's name in lower case such as "hello",
 * "close"), then let the injected clock pass it. `slow` tells `waits at STAGE`, and goes on at `release(STAGE)`.
 * `received()` is what each connection sent, to show that a token was not.
 *
 * Each is a process of its own that ends with the test, and also when the test dies. Needs openssl, and perl for the
 * two endpoints that no Node server can be: `refuses` (a port that is taken and not listened on) and `never-connects`
 * (a full backlog, so that the kernel drops each SYN: a connect that times out).
 */
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { withDirectory } from "../app/program.ts";
import { certify } from "./authority.ts";
import { type Endpoint, endpoints } from "./hostile-endpoints.ts";
import { JsonLines } from "./json-lines.ts";

export type HostileName = keyof typeof endpoints | keyof typeof kernels;

export interface Hostile {
  readonly host: string;
  readonly port: number;
  /** The authority to trust; empty for those in plaintext. */
  readonly ca: string;
  /** A file of it; one that does not exist for those in plaintext. */
  readonly caFile: string;
  /** Resolves when the event has happened, or at once if it had; rejects if the endpoint is stopped before. */
  saw(event: string): Promise<void>;
  release(stage: "tls" | "auth" | "ping" | "topology"): void;
  /**
   * Each connection's bytes, as one character a byte: below TLS where there is TLS, and not before its handshake is
   * done. Waits until every connection is closed.
   */
  received(): Promise<readonly string[]>;
}

export interface HostileOptions {
  /** An address of the loopback, 127.0.0.1 if absent. */
  readonly host?: string;
}

/** Runs the endpoint while `use` does. */
export function withHostile<T>(
  name: HostileName,
  use: (server: Hostile) => Promise<T>,
  { host = "127.0.0.1" }: HostileOptions = {},
): Promise<T> {
  return withDirectory(async (directory) => {
    const kernel = kernels[name as keyof typeof kernels];
    const endpoint: Endpoint | undefined = endpoints[name as keyof typeof endpoints];
    const certified = endpoint?.tls ? certify(directory, endpoint.tls.certificate) : null;
    const { ca = "", caFile = join(directory, "none.pem") } = certified ?? {};
    const { certFile, keyFile } = certified ?? {};
    const told = JSON.stringify({ name, host, directory, certified: { certFile, keyFile, caFile } });
    const child = kernel
      ? spawn("perl", ["-e", kernel, host], { stdio: ["pipe", "pipe", "inherit"] })
      : spawn(node, [script, told], { stdio: ["pipe", "pipe", "inherit"] });
    const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
    try {
      const lines = new JsonLines(child);
      const { port } = (await lines.first((line) => "port" in line)) as { port: number };
      const ask = (question: object) => child.stdin.write(`${JSON.stringify(question)}\n`);
      return await use({
        host,
        port,
        ca,
        caFile,
        saw: async (event) => void (await lines.first((line) => line["event"] === event)),
        release: (stage) => void ask({ release: stage }),
        received: async () => {
          if (kernel) return [];
          const answer = lines.next((line) => "received" in line);
          ask({ received: true });
          return (await answer)["received"] as readonly string[];
        },
      });
    } finally {
      child.stdin.end();
      await ended;
    }
  });
}

/** Every name, for tests that go through all of them. */
export function hostileNames(): readonly HostileName[] {
  return [...Object.keys(endpoints), ...Object.keys(kernels)] as HostileName[];
}

const root = dirname(dirname(import.meta.dirname));
const node = join(root, "node_modules/.bin/node");
const script = join(import.meta.dirname, "hostile-server.ts");

const bound = `
  use strict; use Socket; use IO::Socket::INET;
  my $host = shift; my $family = $host =~ /:/ ? AF_INET6 : AF_INET;
  my $at = sub { $family == AF_INET6 ? pack_sockaddr_in6($_[0], Socket::inet_pton($family, $host)) : pack_sockaddr_in($_[0], inet_aton($host)) };
  socket(my $server, $family, SOCK_STREAM, 0) or die $!;
  bind($server, $at->(0)) or die $!;
  my $port = $family == AF_INET6 ? (unpack_sockaddr_in6(getsockname $server))[0] : (unpack_sockaddr_in(getsockname $server))[0];
  $| = 1;
`;
const kernels = {
  refuses: `${bound} print qq({"port":$port}\\n); 1 while <STDIN>;`,
  // A backlog of 0 holds one connection that nobody accepts; the kernel then drops every other SYN.
  "never-connects": `${bound} listen($server, 0) or die $!;
    socket(my $first, $family, SOCK_STREAM, 0) or die $!; connect($first, $at->($port)) or die $!;
    print qq({"port":$port}\\n); 1 while <STDIN>;`,
} as const;
