import { type RespValue, text } from "../resp/value.ts";

/** A node of a cluster, as CLUSTER SLOTS names it. */
export interface ClusterNode {
  readonly host: string;
  readonly port: number;
  readonly role: "primary" | "replica";
  /** The slots that its shard owns: `0-5460`, several divided by a comma. */
  readonly slots: string;
}

/**
 * CLUSTER SLOTS: from, to, the primary, its replicas; a node is a host, a port and more. An empty or absent host means the
 * one that was asked (Redis: CLUSTER SLOTS).
 */
export function readSlots(value: RespValue, asked: string): readonly ClusterNode[] {
  const nodes = new Map<string, ClusterNode>();
  for (const range of itemsOf(value)) {
    const [from, to, ...members] = itemsOf(range);
    if (!from || !to) continue;
    const slots = `${text(from)}-${text(to)}`;
    for (const [index, member] of members.entries()) {
      const [host, port] = itemsOf(member);
      const number = Number(port ? text(port) : Number.NaN);
      if (!Number.isInteger(number) || number < 1 || number > 65_535) continue;
      const node = { host: (host && text(host)) || asked, port: number };
      const key = `${node.host}:${node.port}`;
      const known = nodes.get(key);
      nodes.set(key, {
        ...node,
        role: index === 0 ? "primary" : "replica",
        slots: known ? `${known.slots},${slots}` : slots,
      });
    }
  }
  return [...nodes.values()];
}

function itemsOf(value: RespValue | undefined): readonly RespValue[] {
  return value?.type === "array" ? value.items : [];
}
