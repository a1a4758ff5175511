import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface Door {
  readonly port: number;
  /** Null turns everybody away. Who is inside is shown out where it leads elsewhere now. */
  leadTo(port: number | null): void;
  showOut(): void;
  close(): void;
}

/** Leads whoever connects on to a port, or turns them away. */
export async function openDoor(start: number | null = null): Promise<Door> {
  let to = start;
  const sockets = new Set<Socket>();
  const server = createServer((inner) => {
    if (to === null) return inner.destroy();
    const outer = connect(to, "127.0.0.1");
    for (const [one, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(one);
      one.on("error", () => {});
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    inner.pipe(outer).pipe(inner);
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const showOut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    leadTo(port) {
      if (to !== port) showOut();
      to = port;
    },
    showOut,
    close() {
      showOut();
      server.close();
    },
  };
}
