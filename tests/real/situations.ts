/** Real servers in a situation that a client meets: a cluster, a replica, a Sentinel, loading, full, protected. */
import { copyFileSync } from "node:fs";
import { createServer, connect as dial, type Socket } from "node:net";
import { join } from "node:path";
import { withDirectory } from "../app/program.ts";
import { certify } from "./authority.ts";
import { onFreePorts } from "./guarded.ts";
import { type RealOptions, type RealServer, startRedis, withRedis } from "./servers.ts";

/** A cluster of three primaries that has all slots and says so, each node at 127.0.0.1. */
export function withCluster<T>(
  program: string,
  options: RealOptions,
  use: (nodes: readonly RealServer[]) => Promise<T>,
): Promise<T> {
  return withDirectory(async (directory) => {
    const certified = options.tls ? certify(directory) : null;
    const cluster = [
      "cluster-enabled yes",
      "cluster-announce-ip 127.0.0.1",
      ...(options.tls ? ["tls-cluster yes"] : []),
    ];
    return onFreePorts(6, async (ports) => {
      const stops: (() => Promise<void>)[] = [];
      try {
        const nodes: RealServer[] = [];
        for (const [index, port] of ports.slice(0, 3).entries()) {
          const own = [`cluster-config-file nodes-${port}.conf`, `cluster-port ${ports[index + 3]}`];
          const settings = [...cluster, ...own, ...(options.settings ?? [])];
          const { server, stop } = await startRedis(program, directory, port, certified, { ...options, settings });
          stops.push(stop);
          nodes.push(server);
        }
        await joinNodes(nodes, ports.slice(3));
        return await use(nodes);
      } finally {
        await Promise.all(stops.map((stop) => stop()));
      }
    });
  });
}

async function joinNodes(nodes: readonly RealServer[], buses: readonly number[]): Promise<void> {
  const [first] = nodes;
  for (const [index, node] of nodes.entries()) {
    const [from, to] = [Math.round((index * 16_384) / 3), Math.round(((index + 1) * 16_384) / 3) - 1];
    node.command("CLUSTER", "ADDSLOTSRANGE", `${from}`, `${to}`);
    // Of its own number each, as `redis-cli --cluster create` gives them.
    node.command("CLUSTER", "SET-CONFIG-EPOCH", `${index + 1}`);
    if (first && index > 0) first.command("CLUSTER", "MEET", node.host, `${node.port}`, `${buses[index]}`);
  }
  const whole = /cluster_state:ok[\s\S]*cluster_slots_ok:16384[\s\S]*cluster_known_nodes:3\b/;
  await Promise.all(nodes.map((node) => node.until(whole, "CLUSTER", "INFO")));
}

/** A primary and its replica, which has caught up with it. */
export function withReplica<T>(
  program: string,
  options: RealOptions,
  use: (servers: { readonly primary: RealServer; readonly replica: RealServer }) => Promise<T>,
): Promise<T> {
  // Without the five seconds in which a primary waits for more replicas.
  const eager = { ...options, users: [], settings: ["repl-diskless-sync-delay 0"] };
  return withRedis(program, eager, (primary) => {
    const settings = [`replicaof 127.0.0.1 ${primary.port}`, ...(options.settings ?? [])];
    return withDirectory((directory) =>
      onFreePorts(1, async ([port = 0]) => {
        const { server: replica, stop } = await startRedis(program, directory, port, primary.certified, {
          ...options,
          settings,
        });
        try {
          await replica.until(/master_link_status:up/, "INFO", "replication");
          return await use({ primary, replica });
        } finally {
          await stop();
        }
      }),
    );
  });
}

/** A Sentinel, whose primary is away. */
export function withSentinel<T>(
  program: string,
  options: RealOptions,
  use: (sentinel: RealServer) => Promise<T>,
): Promise<T> {
  // Nobody listens on port 1.
  const settings = ["sentinel monitor cache 127.0.0.1 1 1", ...(options.settings ?? [])];
  return withRedis(program, { ...options, settings, ready: /Sentinel ID is/ }, use);
}

/** One that answers LOADING for as long as a test runs: it has 200,000 keys to load, under a thousand a second. */
export function withLoading<T>(
  program: string,
  options: RealOptions,
  use: (server: RealServer) => Promise<T>,
): Promise<T> {
  return withDirectory(async (directory) => {
    await withRedis(program, { settings: ["enable-debug-command local"] }, async (filled) => {
      filled.command("DEBUG", "POPULATE", "200000");
      filled.command("SAVE");
      const [, from = ""] = filled.command("CONFIG", "GET", "dir").split("\n");
      copyFileSync(join(from, "dump.rdb"), join(directory, "dump.rdb"));
    });
    // Microseconds a key; it looks at its clients every so many bytes of the file.
    const slowly = ["key-load-delay 1000", "loading-process-events-interval-bytes 1024"];
    const settings = [...slowly, ...(options.settings ?? [])];
    const certified = options.tls ? certify(directory) : null;
    return onFreePorts(1, async ([port = 0]) => {
      const { server, stop } = await startRedis(program, directory, port, certified, {
        ...options,
        settings,
        ready: /Loading RDB produced by/,
      });
      try {
        return await use(server);
      } finally {
        await stop();
      }
    });
  });
}

/** One whose only place is taken, so that it turns everybody away. */
export function withFull<T>(
  program: string,
  options: RealOptions,
  use: (server: RealServer) => Promise<T>,
): Promise<T> {
  const settings = ["maxclients 1", ...(options.settings ?? [])];
  return withRedis(program, { ...options, settings }, async (server) => {
    const holder = dial(server.port, server.host);
    try {
      await new Promise((resolve, reject) => holder.once("connect", resolve).once("error", reject));
      return await use(server);
    } finally {
      holder.destroy();
    }
  });
}

/**
 * One in protected mode, through a relay that comes to it from 127.0.0.2: it turns away whoever is not 127.0.0.1, and
 * every other address of this machine is as foreign to it as another machine's.
 */
export function withProtected<T>(program: string, use: (server: RealServer) => Promise<T>): Promise<T> {
  return withRedis(program, { settings: ["protected-mode yes"] }, async (server) => {
    const sockets = new Set<Socket>();
    const relay = createServer((near) => {
      const far = dial({ host: server.host, port: server.port, localAddress: "127.0.0.2" });
      for (const socket of [near, far]) sockets.add(socket.on("error", () => {}));
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve));
    try {
      return await use({ ...server, port: (relay.address() as { port: number }).port });
    } finally {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => relay.close(resolve));
    }
  });
}
