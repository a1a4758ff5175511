import { GlideClient, GlideClusterClient, Logger } from "@valkey/valkey-glide";
import { keepAuthenticated } from "../../../src/client/glide.ts";
import { live } from "./application.ts";

// It logs to stdout.
Logger.setLoggerConfig("off");
await live(async ({ host, port, ca, cluster }, provider, options) => {
  const configuration = {
    addresses: [{ host, port }],
    useTLS: true,
    credentials: { username: provider.user, password: await provider() },
    requestTimeout: 5_000,
    advancedConfiguration: { connectionTimeout: 10_000, tlsAdvancedConfiguration: { rootCertificates: ca } },
  };
  const client = cluster
    ? await GlideClusterClient.createClient(configuration)
    : await GlideClient.createClient(configuration);
  const kept = keepAuthenticated(client, provider, options);
  return {
    increment: (key) => client.incr(key),
    close() {
      kept.stop();
      client.close();
      return undefined;
    },
  };
});
