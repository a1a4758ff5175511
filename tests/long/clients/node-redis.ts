import { createClient, createCluster } from "redis";
import { key, type Login, ownToken, perform } from "./login.ts";

await perform(async (login, ca) => {
  const client = await connected(login, ca);
  const subscriber = await connected(login, ca);
  const message = new Promise<string>((resolve) => {
    void subscriber.subscribe("news", (text) => resolve(text)).then(() => client.publish("news", "hello"));
  });
  const did = {
    whoami: String(await client.sendCommandToAny(["ACL", "WHOAMI"])),
    ping: String(await client.sendCommandToAny(["PING"])),
    set: String(await client.set(key("a"), "v")),
    get: String(await client.get(key("a"))),
    expire: (await client.expire(key("a"), 100)) === 1,
    ttl: await client.ttl(key("a")),
    del: await client.del(key("a")),
    gone: (await client.get(key("a"))) as null,
    multi: (await client.multi().set(key("n"), "1").incr(key("n")).exec()) as unknown as [string, number],
    message: await message,
  };
  await Promise.all([client.close(), subscriber.close()]);
  return did;
});

async function connected(login: Login, ca: string) {
  const { host, port, user: username } = login;
  const socket = { tls: true as const, ca, reconnectStrategy: false as const };
  if (login.cluster) {
    const client = createCluster({
      rootNodes: [{ url: `rediss://${host}:${port}` }],
      defaults: { username, password: await ownToken(login), socket },
    });
    client.on("error", () => {});
    await client.connect();
    const sendCommandToAny = (words: string[]) => client.sendCommand(undefined, true, words);
    return Object.assign(client, { sendCommandToAny });
  }
  const client = createClient({
    username,
    // As a client with refresh does it: asked for at each connection.
    credentialsProvider: {
      type: "async-credentials-provider",
      credentials: async () => ({ username, password: await ownToken(login) }),
    },
    socket: { ...socket, host, port },
  });
  client.on("error", () => {});
  await client.connect();
  return Object.assign(client, { sendCommandToAny: (words: string[]) => client.sendCommand(words) });
}
