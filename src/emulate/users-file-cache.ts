import { CacheauthError } from "../errors.ts";
import type { CacheRecord } from "../judge/world.ts";
import { allKinds, type Kind } from "../target/kinds.ts";
import { checkCacheName } from "../target/names.ts";
import { checkRegion } from "../target/regions.ts";
import type { UsersFileCache } from "./users-file.ts";
import { malformed } from "./users-file-errors.ts";

interface Given extends Partial<Record<(typeof fields)[Kind], string | undefined>> {
  readonly region?: string | undefined;
  readonly accountId?: string | undefined;
  readonly status?: string | undefined;
  readonly engine?: "redis" | "valkey" | undefined;
  readonly engineVersion?: string | undefined;
}

/** The field that names a cache of each kind, as the flags do. */
const fields = {
  "replication-group": "replicationGroupId",
  "serverless-cache": "serverlessCacheName",
  "memorydb-cluster": "memorydbCluster",
} as const satisfies Readonly<Record<Kind, string>>;

/** What is logged in to, by one of three names. */
export function readCache(file: string, given: Given): UsersFileCache {
  const [kind, other] = allKinds.filter((one) => given[fields[one]] !== undefined);
  const names = Object.values(fields).join(", ");
  if (kind === undefined) throw malformed(`In ${file}, cache has no name.`, `Give one of ${names}.`);
  if (other !== undefined) {
    throw malformed(`In ${file}, cache has two names, ${fields[kind]} and ${fields[other]}.`, "Keep one of them.");
  }
  const { region, accountId = null } = given;
  return {
    kind,
    name: checked(file, fields[kind], () => checkCacheName(kind, given[fields[kind]] ?? "").value),
    region: region === undefined ? null : checked(file, "region", () => checkRegion(region)),
    accountId,
    record: recordOf(given),
  };
}

/** What is not said is as it should be; where nothing is, nothing is judged. */
function recordOf({ status, engine, engineVersion }: Given): CacheRecord | null {
  if (status === undefined && engine === undefined && engineVersion === undefined) return null;
  const version = engineVersion ?? (engine === "valkey" ? "7.2" : "7.1");
  return { status: status ?? "available", engine: engine ?? "redis", version, tls: null, endpoints: [] };
}

/** The words of a flag's fault, under the file's own code. */
function checked(file: string, field: string, check: () => string): string {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof CacheauthError)) throw error;
    throw malformed(`In ${file}, cache.${field}: ${error.message}`, error.hint);
  }
}
