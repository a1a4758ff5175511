/** Its tokens are of its own making: it is told the cache's name and finds the keys in the environment. */
import {
  type BaseClientConfiguration,
  Batch,
  ClusterBatch,
  GlideClient,
  GlideClusterClient,
  Logger,
  type PubSubMsg,
  ServiceType,
} from "@valkey/valkey-glide";
import { key, perform } from "./login.ts";

// It logs to stdout.
Logger.setLoggerConfig("off");
await perform(async (login, ca) => {
  const { host, port, user: username, name: clusterName, region } = login;
  const service = login.kind === "memorydb-cluster" ? ServiceType.MemoryDB : ServiceType.Elasticache;
  const configuration: BaseClientConfiguration = {
    addresses: [{ host, port }],
    useTLS: true,
    credentials: { username, iamConfig: { clusterName, service, region } },
    connectionBackoff: { numberOfRetries: 0, factor: 1, exponentBase: 1 },
  };
  const advancedConfiguration = { connectionTimeout: 10_000, tlsAdvancedConfiguration: { rootCertificates: ca } };
  let heard = (_message: string) => {};
  const message = new Promise<string>((resolve) => {
    heard = resolve;
  });
  const callback = ({ message }: PubSubMsg) => heard(String(message));
  const news = new Set(["news"]);
  if (login.cluster) {
    const pubsubSubscriptions = { channelsAndPatterns: { 0: news }, callback };
    const client = await GlideClusterClient.createClient({ ...configuration, advancedConfiguration });
    const subscriber = await GlideClusterClient.createClient({
      ...configuration,
      advancedConfiguration,
      pubsubSubscriptions,
    });
    const multi = await client.exec(new ClusterBatch(true).set(key("n"), "1").incr(key("n")), true);
    return did(client, subscriber, multi);
  }
  const pubsubSubscriptions = { channelsAndPatterns: { 0: news }, callback };
  const client = await GlideClient.createClient({ ...configuration, advancedConfiguration });
  const subscriber = await GlideClient.createClient({ ...configuration, advancedConfiguration, pubsubSubscriptions });
  const multi = await client.exec(new Batch(true).set(key("n"), "1").incr(key("n")), true);
  return did(client, subscriber, multi);

  async function did(client: GlideClient | GlideClusterClient, subscriber: typeof client, multi: unknown) {
    await client.publish("hello", "news");
    const result = {
      whoami: String(await client.customCommand(["ACL", "WHOAMI"])),
      ping: String(await client.ping()),
      set: String(await client.set(key("a"), "v")),
      get: String(await client.get(key("a"))),
      expire: await client.expire(key("a"), 100),
      ttl: await client.ttl(key("a")),
      del: await client.del([key("a")]),
      gone: (await client.get(key("a"))) as null,
      multi: multi as [string, number],
      message: await message,
    };
    client.close();
    subscriber.close();
    return result;
  }
});
