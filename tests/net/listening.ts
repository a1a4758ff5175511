import { nodeNet } from "../../src/node-runtime.ts";
import type { Connection, Listener, ListenOptions, Net } from "../../src/runtime.ts";

/** On a port of this machine, in clear text where `more` says nothing else. */
export async function listening(
  onConnection: (connection: Connection) => void,
  more: Partial<ListenOptions> = {},
): Promise<{ readonly net: Net; readonly listener: Listener }> {
  const net = await nodeNet();
  const listener = await net.listen({
    host: "127.0.0.1",
    port: 0,
    tls: null,
    handshakeTimeoutMs: 5_000,
    onConnection,
    onFailedHandshake: () => {},
    ...more,
  });
  return { net, listener };
}
