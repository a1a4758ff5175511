import { type Kind, kinds } from "../target/kinds.ts";

/** `an ElastiCache replication group` */
export function aKind(kind: Kind): string {
  const { label } = kinds[kind];
  return `${/^[AEIOU]/.test(label) ? "an" : "a"} ${label}`;
}

export function serviceName(kind: Kind): string {
  return kinds[kind].service === "memorydb" ? "MemoryDB" : "ElastiCache";
}
