import type { Cluster, Redis } from "ioredis";
import type { KeepAuthenticatedOptions, TokenProvider } from "../../../src/index.ts";
import { live } from "./application.ts";

type Keep = <T extends Redis | Cluster>(client: T, provider: TokenProvider, options?: KeepAuthenticatedOptions) => T;

/** iovalkey is a fork of ioredis with the same face: one application for both. */
export async function liveLikeIoredis(
  family: { readonly Redis: typeof Redis; readonly Cluster: typeof Cluster },
  keep: Keep,
): Promise<void> {
  await live(async ({ host, port, ca, cluster }, provider, options) => {
    const made = cluster
      ? new family.Cluster([{ host, port }], {
          lazyConnect: true,
          // A name would have to be looked up, and the certificate is for the address.
          dnsLookup: (address, found) => found(null, address),
          redisOptions: { tls: { ca } },
        })
      : new family.Redis({ host, port, tls: { ca }, lazyConnect: true });
    const client = keep(made as Redis, provider, options);
    client.on("error", () => {});
    await client.connect();
    return { increment: (key) => client.incr(key), close: () => client.quit() };
  });
}
