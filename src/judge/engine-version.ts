import { type Kind, kinds } from "../target/kinds.ts";

/** The first versions with IAM (AWS: Authenticating with IAM, of ElastiCache and of MemoryDB). */
const first: Readonly<Record<string, readonly [number, number]>> = { redis: [7, 0], valkey: [7, 2] };

/**
 * Whether an engine is from before IAM authentication; not where engine or version is not known.
 *
 * @param version `7`, where a minor version is not told: that counts as new enough
 */
export function isTooOld(kind: Kind, engine: string | null, version: string | null): boolean {
  const least = first[engine ?? (kinds[kind].service === "memorydb" ? "redis" : "")];
  const parts = /^(\d+)(?:\.(\d+))?/.exec(version ?? "");
  if (least === undefined || parts === null) return false;
  const [major, minor] = [Number(parts[1]), parts[2] === undefined ? Number.POSITIVE_INFINITY : Number(parts[2])];
  return major < least[0] || (major === least[0] && minor < least[1]);
}

export function oldest(kind: Kind): string {
  return kinds[kind].service === "memorydb" ? "Redis OSS 7.0 or Valkey 7.2" : "Valkey 7.2 or Redis OSS 7.0";
}
