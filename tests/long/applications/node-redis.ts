import { createClient, createCluster } from "redis";
import { credentialsProvider } from "../../../src/client/node-redis.ts";
import { live } from "./application.ts";

await live(async ({ host, port, ca, cluster }, provider, options) => {
  const credentials = credentialsProvider(provider, options);
  const socket = { tls: true as const, ca };
  const client = cluster
    ? createCluster({
        rootNodes: [{ url: `rediss://${host}:${port}` }],
        defaults: { credentialsProvider: credentials, socket },
      })
    : createClient({ socket: { ...socket, host, port }, credentialsProvider: credentials });
  client.on("error", () => {});
  await client.connect();
  return { increment: (key) => client.incr(key), close: () => client.close() };
});
