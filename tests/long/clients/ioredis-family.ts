/** iovalkey is a fork of ioredis with the same face: one script for both. */
import type { Cluster, Redis } from "ioredis";
import { type Did, key, type Login, ownToken } from "./login.ts";

export interface Family {
  readonly Redis: typeof Redis;
  readonly Cluster: typeof Cluster;
}

export async function useLikeIoredis(family: Family, login: Login, ca: string): Promise<Did> {
  const client = await connected(family, login, ca);
  const subscriber = await connected(family, login, ca);
  const message = new Promise<string>((resolve) => subscriber.once("message", (_channel, text) => resolve(text)));
  await subscriber.subscribe("news");
  await client.publish("news", "hello");
  const did: Did = {
    whoami: String(await client.call("ACL", "WHOAMI")),
    ping: await client.ping(),
    set: await client.set(key("a"), "v"),
    get: String(await client.get(key("a"))),
    expire: (await client.expire(key("a"), 100)) === 1,
    ttl: await client.ttl(key("a")),
    del: await client.del(key("a")),
    gone: (await client.get(key("a"))) as null,
    multi: ((await client.multi().set(key("n"), "1").incr(key("n")).exec()) ?? []).map(
      ([, reply]) => reply,
    ) as unknown as Did["multi"],
    message: await message,
  };
  client.disconnect();
  subscriber.disconnect();
  return did;
}

async function connected({ Redis, Cluster }: Family, login: Login, ca: string): Promise<Redis | Cluster> {
  const { host, port, user: username } = login;
  const once = { username, password: await ownToken(login), tls: { ca }, retryStrategy: () => null };
  const client = login.cluster
    ? new Cluster([{ host, port }], {
        lazyConnect: true,
        clusterRetryStrategy: () => null,
        // A name would have to be looked up, and the certificate is for the address.
        dnsLookup: (address, found) => found(null, address),
        redisOptions: once,
      })
    : new Redis({ host, port, lazyConnect: true, ...once });
  // It says what the server said in an event, and something of its own in the rejection.
  const errors: Error[] = [];
  client.on("error", (error: Error) => errors.push(error));
  await client.connect().catch((error: unknown) => {
    throw new AggregateError([...errors, error], "not connected");
  });
  return client;
}
