/** A `Connection` over a socket of node:net or node:tls. Nothing is read from a socket before it is asked for. */
import type { Socket } from "node:net";
import type { Connection } from "../runtime.ts";

const sockets = new WeakMap<Connection, Socket>();

/** The socket beneath, for TLS over it. */
export function socketOf(connection: Connection): Socket {
  const socket = sockets.get(connection);
  if (!socket) throw new TypeError("the connection is not one of this runtime's");
  return socket;
}

const failures = new WeakMap<Socket, Error>();

/**
 * Keeps what a socket fails with before it is a connection: Deno tells of an alert in the same turn in which it says that
 * the handshake is done, and an error that nobody hears ends the process.
 */
export function keepFailure(socket: Socket): void {
  socket.on("error", (error) => {
    if (!failures.has(socket)) failures.set(socket, error);
  });
}

export function connectionOver(socket: Socket): Connection {
  let reading = false;
  let ended = socket.destroyed;
  let failure: Error | null = failures.get(socket) ?? null;
  let wakeReader: (() => void) | null = null;
  const drained = new Set<() => void>();
  const wakeAll = () => {
    wakeReader?.();
    for (const wake of drained) wake();
  };
  const remote = end(socket.remoteAddress, socket.remoteFamily, socket.remotePort);
  const local = end(socket.localAddress, socket.localFamily, socket.localPort);
  // Only a TLS socket has one; false, null and an empty text are what the runtimes say where there is none.
  const serverName = ("servername" in socket && (socket.servername as string | false | null)) || null;

  socket.on("error", (error) => {
    failure ??= error;
    wakeAll();
  });
  socket.on("close", () => {
    ended = true;
    wakeAll();
  });
  socket.on("drain", () => {
    for (const wake of drained) wake();
  });

  function beginReading(): void {
    reading = true;
    // Not pause() and resume(): with those a Deno of 2.6 loses the drain of the other side.
    socket.on("readable", () => wakeReader?.());
    socket.on("end", () => {
      ended = true;
      wakeReader?.();
    });
  }

  const connection: Connection = {
    remote,
    local,
    serverName,
    async read() {
      if (!reading) beginReading();
      for (;;) {
        const chunk = socket.read() as Uint8Array | null;
        if (chunk) return chunk;
        if (failure) {
          const error = failure;
          failure = null;
          ended = true;
          throw error;
        }
        if (ended) return null;
        await new Promise<void>((resolve) => {
          wakeReader = resolve;
        });
        wakeReader = null;
      }
    },
    async write(bytes) {
      if (socket.destroyed || socket.writableEnded) throw failure ?? gone();
      if (socket.write(bytes)) return;
      await new Promise<void>((resolve) => {
        const wake = () => {
          drained.delete(wake);
          resolve();
        };
        drained.add(wake);
      });
      if (socket.destroyed) throw failure ?? gone();
    },
    end: () => void socket.end(),
    destroy: () => void socket.destroy(),
  };
  sockets.set(connection, socket);
  return connection;
}

function end(address = "", family = "IPv4", port = 0): Connection["remote"] {
  return { address, family: family === "IPv6" ? 6 : 4, port };
}

function gone(): Error {
  return Object.assign(new Error("the connection is closed"), { code: "EPIPE" });
}
