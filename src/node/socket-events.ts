/** The events of sockets of node:net, as promises. */
import type { Socket } from "node:net";
import { keepFailure } from "./connection.ts";

/** Waits for the event that says it is open, or fails with what the socket says. */
export function opened(
  socket: Socket,
  event: "connect" | "secureConnect",
  signal: AbortSignal | undefined,
): Promise<void> {
  keepFailure(socket);
  return new Promise((resolve, reject) => {
    const settle = (error?: Error) => {
      signal?.removeEventListener("abort", abort);
      socket.off("error", settle).off("close", close).off(event, open);
      if (!error) return resolve();
      socket.destroy();
      reject(error);
    };
    const open = () => settle();
    // A peer that ends the stream within the handshake is no error of its own on every runtime.
    const close = () => settle(Object.assign(new Error("closed"), { code: "ECONNRESET" }));
    const abort = () => settle(Object.assign(new Error("aborted"), { code: "ABORT_ERR" }));
    socket.on("error", settle).on("close", close).on(event, open);
    if (signal?.aborted) abort();
    else signal?.addEventListener("abort", abort);
  });
}

export function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once("close", () => resolve());
    socket.destroy();
  });
}
