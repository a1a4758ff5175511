import type { Endpoint } from "./world.ts";

/**
 * Whether a host leads to the cache that has these endpoints. AWS's record does not list every form of every node, but all
 * of a cache's hosts share the characters that AWS made up for it, as `abc123` in `clustercfg.NAME.abc123.use1…`.
 */
export function belongsTo(host: string, endpoints: readonly Endpoint[]): boolean {
  const asked = plain(host);
  const id = madeUp(asked);
  return endpoints.some(
    (endpoint) => plain(endpoint.host) === asked || (id !== null && madeUp(plain(endpoint.host)) === id),
  );
}

/** Hosts are the same in any case, and with the dot that ends a name in DNS. */
export function plain(host: string): string {
  return host.toLowerCase().replace(/\.$/, "");
}

/**
 * What AWS made up: of `NAME-abc123.serverless` what follows the last hyphen, else the last label before the region that is
 * no word of AWS's own. Null where there is none.
 */
function madeUp(host: string): string | null {
  const labels = host.split(".");
  if (labels.includes("serverless")) return (labels[0] ?? "").replace(/^.*-/, "");
  const memorydb = labels.indexOf("memorydb");
  // ElastiCache's hosts have the region's code before `cache`, MemoryDB's its name behind `memorydb`.
  const end = memorydb > 0 ? memorydb : labels.indexOf("cache") - 1;
  return labels.slice(0, Math.max(0, end)).findLast((label) => !/^(\d{4}|ng|clustercfg)$/.test(label)) ?? null;
}
