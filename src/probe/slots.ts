import { type RespValue, text } from "../resp/value.ts";

/** A node of a cluster, as CLUSTER SLOTS names it. */
export interface ClusterNode {
  readonly host: string;
  readonly port: number;
  readonly role: "primary" | "replica";
  /** The slots that its shard owns: `0-5460`, several divided by a comma. */
  readonly slots: string;
}

/** A cluster of AWS has up to 500 nodes. */
const mostNodes = 1_000;

/**
 * CLUSTER SLOTS: from, to, the primary, its replicas; a node is a host, a port and more. An empty or absent host means the
 * one that was asked (Redis: CLUSTER SLOTS). What is no host name, port or number is left out.
 */
export function readSlots(value: RespValue, asked: string): readonly ClusterNode[] {
  const nodes = new Map<string, ClusterNode & { readonly ranges: string[] }>();
  for (const range of itemsOf(value)) {
    const [from, to, ...members] = itemsOf(range);
    const slots = `${numberOf(from, 16_383)}-${numberOf(to, 16_383)}`;
    if (slots.includes("null")) continue;
    for (const [index, member] of members.entries()) {
      const [host, port] = itemsOf(member);
      const node = { host: (host && text(host)) || asked, port: numberOf(port, 65_535) };
      if (!node.port || !/^[\w.:-]{1,253}$/.test(node.host)) continue;
      const key = `${node.host}:${node.port}`;
      const known = nodes.get(key);
      known?.ranges.push(slots);
      if (known || nodes.size >= mostNodes) continue;
      nodes.set(key, { ...node, port: node.port, role: index === 0 ? "primary" : "replica", slots, ranges: [slots] });
    }
  }
  return [...nodes.values()].map(({ ranges, ...node }) => ({ ...node, slots: ranges.join(",") }));
}

function itemsOf(value: RespValue | undefined): readonly RespValue[] {
  return value?.type === "array" ? value.items : [];
}

function numberOf(value: RespValue | undefined, most: number): number | null {
  const digits = value ? text(value) : null;
  return digits !== null && /^\d{1,5}$/.test(digits) && Number(digits) <= most ? Number(digits) : null;
}
