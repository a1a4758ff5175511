import type { Kind } from "./kinds.ts";

/**
 * The forms of host names that AWS hands out, one row a form, tried from the top. `pattern` is matched against the
 * labels before the suffix (`.CODE.cache.amazonaws.com` or `.memorydb.REGION.amazonaws.com`, each also with `.cn`);
 * its group `name` is the name that is signed. `doubt` says why a form may mislead.
 */
export interface EndpointForm {
  readonly id: string;
  readonly kind: Kind;
  readonly pattern: RegExp;
  readonly doubt: "node-suffix" | "reader-suffix" | "lone-node" | "bare" | null;
  /** The labels of one such host, and the name in it. */
  readonly example: readonly [labels: string, name: string];
}

const group = "replication-group";
const serverless = "serverless-cache";
const cluster = "memorydb-cluster";

/**
 * `x`, the label that AWS makes up, is mostly six characters, but five and seven occur: its length tells nothing. What ends in
 * cfg, clustercfg or four digits is another form: a cache may be called master.
 */
export const elastiCacheForms: readonly EndpointForm[] = [
  row(
    "role-prefix",
    group,
    /^(?:master|replica|primary|clustercfg)\.(?<name>[^.]+)\.(?!(?:cfg|clustercfg|\d{4})$)[^.]+$/,
    null,
    ["master.my-cache.abc123", "my-cache"],
  ),
  // Before the primary's form: the reader's differs by -ro alone, and a real id may end so too.
  row("node-group-reader", group, /^(?<name>[^.]+)-ro\.[^.]+\.ng\.0001$/, "reader-suffix", [
    "my-cache-ro.abc123.ng.0001",
    "my-cache",
  ]),
  row("node-group", group, /^(?<name>[^.]+)\.[^.]+\.ng\.0001$/, null, ["my-cache.abc123.ng.0001", "my-cache"]),
  row("clustercfg", group, /^(?<name>[^.]+)\.[^.]+\.clustercfg$/, null, ["my-cache.abc123.clustercfg", "my-cache"]),
  row("plain-node", group, /^(?<name>[^.]+?)(?:-\d{4})?-\d{3}\.[^.]+\.0001$/, "node-suffix", [
    "my-cache-0001-001.abc123.0001",
    "my-cache",
  ]),
  row("lone-node", group, /^(?<name>[^.]+)\.[^.]+\.0001$/, "lone-node", ["my-cache.abc123.0001", "my-cache"]),
  row("serverless", serverless, /^(?<name>[^.]+)-[^.-]+\.serverless$/, null, [
    "my-cache-abc123.serverless",
    "my-cache",
  ]),
  row("serverless-public", serverless, /^(?<name>[^.]+)-[^.-]+\.public\.serverless$/, null, [
    "my-cache-abc123.public.serverless",
    "my-cache",
  ]),
  row("tls-node", group, /^(?<name>[^.]+)(?:-\d{4})?-\d{2,3}\.\k<name>\.[^.]+$/, null, [
    "my-cache-001.my-cache.abc123",
    "my-cache",
  ]),
  row("bare", group, /^(?<name>[^.]+)\.(?!serverless?$)[^.]+$/, "bare", ["my-cache.abc123", "my-cache"]),
];

export const memoryDbForms: readonly EndpointForm[] = [
  row("clustercfg-prefix", cluster, /^clustercfg\.(?<name>[^.]+)\.[^.]+$/, null, [
    "clustercfg.my-cluster.abc123",
    "my-cluster",
  ]),
  row("clustercfg", cluster, /^(?<name>[^.]+)\.[^.]+\.clustercfg$/, null, [
    "my-cluster.abc123.clustercfg",
    "my-cluster",
  ]),
  row("tls-node", cluster, /^(?<name>[^.]+)-\d{4}-\d{2,3}\.\k<name>\.[^.]+$/, null, [
    "my-cluster-0001-001.my-cluster.abc123",
    "my-cluster",
  ]),
  row("plain-node", cluster, /^(?<name>[^.]+?)-\d{4}-\d{3}\.[^.]+\.\d{4}$/, "node-suffix", [
    "my-cluster-0001-001.abc123.0001",
    "my-cluster",
  ]),
];

function row(
  id: string,
  kind: Kind,
  pattern: RegExp,
  doubt: EndpointForm["doubt"],
  example: EndpointForm["example"],
): EndpointForm {
  return { id, kind, pattern, doubt, example };
}
