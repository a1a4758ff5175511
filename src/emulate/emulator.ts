import { CacheauthError } from "../errors.ts";
import type { World } from "../judge/world.ts";
import { type Naming, optionNaming } from "../naming.ts";
import { encode } from "../resp/encode.ts";
import { error } from "../resp/value.ts";
import type { Connection, Hash, Listener } from "../runtime.ts";
import { reachableHost } from "./certificate-names.ts";
import { serveClient } from "./client.ts";
import { createServing } from "./create-serving.ts";
import type { Decision, RunningNotice } from "./decision.ts";
import { handshakeFinding } from "./failed-handshakes.ts";
import type { Faults } from "./faults.ts";
import { createNodes } from "./nodes.ts";
import type { EmulatorPorts, ServingLimits, ServingNode } from "./serving.ts";
import type { UpstreamAddress } from "./upstream/open-upstream.ts";

export interface EmulatorOptions {
  /** Who may log in. */
  readonly world: World;
  /** An IP address or a name of this machine, and a port; 0 takes any. Further nodes take the ports after it. */
  readonly listen: { readonly host: string; readonly port: number };
  /** In PEM; null listens in clear text. */
  readonly tls: { readonly certificate: string; readonly privateKey: string; readonly names: readonly string[] } | null;
  /** Where the authority's certificate is, for what is told to people. */
  readonly caFile: string | null;
  /** How many nodes share the slots; null for one that stands alone. */
  readonly cluster: number | null;
  /** The server that everything after a login goes to; null for the built-in data. */
  readonly upstream: UpstreamAddress | null;
  readonly faults: Faults;
  /** How long a connection lives after its last good login: 12 hours at AWS. */
  readonly lifetimeMs: number;
  readonly limits?: ServingLimits;
  /** What all these are called by who gave them; as the library's options are, if absent. */
  readonly naming?: Naming;
}

export interface EmulatorEvents {
  decided(decision: Decision): void;
  notice(notice: RunningNotice): void;
}

export interface Emulator {
  /** Where each node listens, the first one first. */
  readonly ports: readonly number[];
  /** Stops listening and drops every connection. Twice is once. */
  close(): Promise<void>;
}

/** What all keys and values may take. */
const mostBytes = 256 << 20;
/** As many clients as redis-server takes. */
const mostConnections = 10_000;
const handshakeWithinMs = 10_000;

/** Starts an endpoint that lets in whom the world lets in. Rejects with code `listen-failed`. */
export async function startEmulator(
  options: EmulatorOptions,
  ports: EmulatorPorts,
  hash: Hash,
  events: EmulatorEvents,
): Promise<Emulator> {
  const { cluster, tls, caFile, naming = optionNaming } = options;
  const listening: number[] = [];
  const names = tls?.names ?? [];
  const nodes = createNodes(
    { cluster, host: reachableHost(options.listen.host), isTls: tls !== null, names, listening, mostBytes },
    ports,
  );
  const serving = createServing(options, ports, hash, events);
  const listeners: Listener[] = [];
  let connected = 0;
  let closing: Promise<unknown> | null = null;
  const close = async () => {
    serving.unasked.close();
    for (const stop of serving.closers) stop();
    closing ??= Promise.all(listeners.map((listener) => listener.close()));
    await closing;
  };
  try {
    for (const node of nodes) listeners.push(await listenFor(node, listening.length));
  } catch (thrown) {
    await close();
    throw thrown;
  }
  return { ports: listening, close };

  async function listenFor(node: ServingNode, index: number): Promise<Listener> {
    const { host, port } = options.listen;
    const wanted = port === 0 ? 0 : port + index;
    try {
      // Not every runtime says of a name that nobody has it.
      const [own] = await ports.net.resolve(host);
      const listener = await ports.net.listen({
        host: own?.address ?? host,
        port: wanted,
        tls,
        handshakeTimeoutMs: handshakeWithinMs,
        onConnection: (connection) => void admit(connection, node),
        onFailedHandshake(_remote, code) {
          const finding = handshakeFinding(code, { caFile, naming });
          if (finding) serving.unasked.finding(node, serving.nextId(), finding);
          else if (code === "ECONNRESET") serving.unasked.silent(null);
        },
      });
      listening.push(listener.port);
      return listener;
    } catch (thrown) {
      throw listenFailed(host, wanted, (thrown as { code?: string }).code);
    }
  }

  async function admit(connection: Connection, node: ServingNode): Promise<void> {
    if (connected >= mostConnections) {
      await connection.write(encode(error("ERR max number of clients reached"))).catch(() => {});
      connection.destroy();
      return;
    }
    connected += 1;
    await serveClient(connection, node, serving);
    connected -= 1;
  }
}

function listenFailed(host: string, port: number, code = "unknown error"): CacheauthError {
  const where = `${host}:${port}`;
  const [why, hint] = {
    EADDRINUSE: ["another program listens there", "Stop it, or take another port; port 0 takes any that is free."],
    EACCES: ["this user may not listen there", "Take a port above 1023."],
    ENOTFOUND: ["no such host is known", "Take 127.0.0.1, or 0.0.0.0 for every address of this machine."],
    EAI_AGAIN: ["the name cannot be looked up", "Take 127.0.0.1, or 0.0.0.0 for every address of this machine."],
    // Deno says so of an address that is not this machine's.
    EINVAL: ["it is no address of this machine", "Take 127.0.0.1, or 0.0.0.0 for every address."],
    EADDRNOTAVAIL: ["it is no address of this machine", "Take 127.0.0.1, or 0.0.0.0 for every address."],
  }[code] ?? [code, "Give an address of this machine and a port that is free, such as 127.0.0.1:0."];
  return new CacheauthError("listen-failed", `It cannot listen on ${where}: ${why}.`, hint ?? "");
}
