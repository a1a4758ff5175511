/** Sockets of the Net port that have a path: Unix sockets, and named pipes on Windows. */
import { createHash } from "node:crypto";
import { chmod, lstat, rm } from "node:fs/promises";
import { createServer, connect as netConnect, type Socket } from "node:net";
import type { Connection, LocalListener } from "../runtime.ts";
import { connectionOver } from "./connection.ts";
import { closed, opened } from "./socket-events.ts";

const isWindows = process.platform === "win32";

/** unix(7): sun_path has 108 bytes on Linux, 104 on macOS and BSD, and ends with NUL. Node takes one more than the others. */
const mostPathBytes = process.platform === "linux" ? 107 : 103;

export async function listenLocal(
  path: string,
  onConnection: (connection: Connection) => void,
): Promise<LocalListener> {
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => {});
    onConnection(connectionOver(socket));
  });
  const address = addressOf(path);
  if (!isWindows) await rm(path, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(address, () => {
      server.off("error", reject);
      resolve();
    });
  });
  // It has the mode that the umask leaves. Until then the folder is what keeps others out.
  if (!isWindows) await chmod(path, 0o600);
  return {
    async close() {
      server.close();
      await Promise.all([...open].map(closed));
      if (!isWindows) await rm(path, { force: true });
    },
  };
}

export async function connectLocal(path: string, signal?: AbortSignal): Promise<Connection> {
  const address = addressOf(path);
  if (!isWindows) await checkOwner(path);
  const socket = netConnect({ path: address });
  socket.pause();
  try {
    await opened(socket, "connect", signal);
  } catch (error) {
    // A Deno of 2.6 only closes what is refused.
    const isRefused = (error as NodeJS.ErrnoException).code === "ECONNRESET";
    throw isRefused ? Object.assign(new Error("refused"), { code: "ECONNREFUSED" }) : error;
  }
  return connectionOver(socket);
}

/** Whoever listens on another's socket is not who is meant. */
async function checkOwner(path: string): Promise<void> {
  const { uid, mode } = await lstat(path);
  if (uid === process.getuid?.() && (mode & 0o022) === 0) return;
  throw Object.assign(new Error("the socket is not this user's alone"), { code: "EPERM" });
}

function addressOf(path: string): string {
  // Pipes have one list of names for the whole machine.
  if (isWindows)
    return `\\\\.\\pipe\\cacheauth-${createHash("sha256").update(path.toLowerCase()).digest("hex").slice(0, 32)}`;
  if (Buffer.byteLength(path) <= mostPathBytes) return path;
  throw Object.assign(new Error("the path is too long for a socket"), { code: "ENAMETOOLONG" });
}
