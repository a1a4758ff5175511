/** The `Net` port over node:net, node:tls and node:dns, alike on Bun, Deno and Node. */
import { createServer, isIP, connect as netConnect, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TLSSocket, connect as tlsConnect } from "node:tls";
import { CacheauthError } from "../errors.ts";
import type { Connection, IpAddress, Listener, ListenOptions, Net, SecureOptions } from "../runtime.ts";
import { peerCertificate, readCertificates } from "./certificate.ts";
import { connectionOver, keepFailure, socketOf } from "./connection.ts";
import { connectLocal, listenLocal } from "./local-socket.ts";
import { closed, opened } from "./socket-events.ts";

export const nodeNet: Net = { resolve, connect, secure, listen, listenLocal, connectLocal, readCertificates };

async function resolve(host: string): Promise<readonly IpAddress[]> {
  const family = isIP(host);
  if (family === 4 || family === 6) return [{ address: host, family }];
  const { lookup } = await import("node:dns/promises");
  // Bun and Deno have other defaults for the order than Node, and an empty name resolves to nothing.
  const found = await lookup(host, { all: true, verbatim: true });
  if (found.length === 0) throw Object.assign(new Error("no address"), { code: "ENOTFOUND" });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

async function connect({ address, port, signal }: Parameters<Net["connect"]>[0]): Promise<Connection> {
  const socket = netConnect({ host: address, port, noDelay: true });
  // Else it begins to read when it connects, and a Deno of 2.6 gives TLS over it what comes to nobody.
  socket.pause();
  await opened(socket, "connect", signal);
  return connectionOver(socket);
}

async function secure(connection: Connection, { name, ca, verify, signal }: SecureOptions) {
  const socket = tlsConnect({
    socket: socketOf(connection),
    // Against an IP address the certificate's addresses are checked; it must not be sent as a server name (RFC 6066, 3).
    host: name,
    ...(isIP(name) === 0 ? { servername: name } : {}),
    ...(ca === null ? {} : { ca }),
    // Always said: NODE_TLS_REJECT_UNAUTHORIZED=0 would switch it off.
    rejectUnauthorized: verify,
    minVersion: "TLSv1.2",
  });
  checkTls(socket);
  try {
    await opened(socket, "secureConnect", signal);
  } catch (error) {
    connection.destroy();
    throw error;
  }
  return { connection: connectionOver(socket), peer: peerOf(socket, name) };
}

/**
 * A Deno of 2.6 says secureConnect before anything is verified, and shows no peer: whatever was sent then, a token too,
 * would go to whoever answers.
 */
function checkTls(socket: TLSSocket): void {
  if (typeof socket.getProtocol === "function") return;
  keepFailure(socket);
  socket.destroy();
  throw new CacheauthError(
    "runtime-unfit",
    "The Deno that this runs on does not wait for TLS to verify the server: nothing is sent over it.",
    "Use the released executable, Node 22 or newer, or Deno 2.9 or newer.",
  );
}

function peerOf(socket: TLSSocket, name: string) {
  const cipher = socket.getCipher();
  const why: unknown = socket.authorizationError;
  return {
    protocol: socket.getProtocol() ?? "unknown",
    cipher: cipher.standardName ?? cipher.name,
    certificate: peerCertificate(socket, name),
    authorized: socket.authorized,
    authorizationCode: socket.authorized
      ? null
      : String((why as NodeJS.ErrnoException | null)?.code ?? why ?? "unknown"),
  };
}

/**
 * How many wait to be accepted, as far as the system lets them. A Deno of 2.6 has no more connections than that open at
 * once: its own 511 would be too few.
 */
const backlog = 16_384;

async function listen(options: ListenOptions): Promise<Listener> {
  const open = new Set<Socket>();
  const server = options.tls ? secureServer(options, options.tls) : plainServer(options);
  // The TLS server of a Deno of 2.6 is another class: it takes its host when it is made, and tells of no failed handshake.
  const isWhole = "listening" in server;
  server.on(isWhole ? "connection" : "secureConnection", (socket: Socket) => {
    socket.setNoDelay(true);
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    const listening = () => {
      server.off("error", reject);
      resolve();
    };
    if (isWhole) server.listen({ host: options.host, port: options.port, backlog }, listening);
    else (server as Server).listen(options.port, listening);
  });
  const bound = server.address() as { address: string; port: number };
  return {
    address: bound.address,
    port: bound.port,
    async close() {
      // Its callback is not waited for: it waits for open connections, and on a Deno of 2.6 it may never be called.
      server.close();
      await Promise.all([...open].map(closed));
    },
  };
}

function plainServer({ onConnection }: ListenOptions): Server {
  return createServer({ allowHalfOpen: true }, (socket) => onConnection(connectionOver(socket)));
}

function secureServer(options: ListenOptions, tls: NonNullable<ListenOptions["tls"]>): Server {
  const { onConnection, onFailedHandshake, handshakeTimeoutMs } = options;
  const { certificate: cert, privateKey: key } = tls;
  const own = { cert, key, minVersion: "TLSv1.2", handshakeTimeout: handshakeTimeoutMs, host: options.host } as const;
  const server = createTlsServer(own, (socket) => onConnection(connectionOver(socket)));
  server.on("tlsClientError", (error: NodeJS.ErrnoException, socket) => {
    const { remoteAddress: address, remotePort: port, remoteFamily } = socket;
    const known = address !== undefined && port !== undefined;
    onFailedHandshake(known ? { address, port, family: remoteFamily === "IPv6" ? 6 : 4 } : null, error.code ?? null);
    // A handshake that timed out leaves the socket open.
    socket.destroy();
  });
  return server;
}
