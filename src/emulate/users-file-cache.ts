import { CacheauthError } from "../errors.ts";
import type { CacheRecord } from "../judge/world.ts";
import { optionNaming } from "../naming.ts";
import { allKinds, kinds } from "../target/kinds.ts";
import { checkCacheName } from "../target/names.ts";
import { checkRegion } from "../target/regions.ts";
import type { UsersFileCache } from "./users-file.ts";
import { malformed } from "./users-file-errors.ts";

interface Given extends Partial<Record<(typeof names)[number], string | undefined>> {
  readonly region?: string | undefined;
  readonly accountId?: string | undefined;
  readonly status?: string | undefined;
  readonly engine?: "redis" | "valkey" | undefined;
  readonly engineVersion?: string | undefined;
}

/** The fields that name a cache, as the options do. */
const names = allKinds.map((kind) => kinds[kind].option);

/** What is logged in to, by one of three names. */
export function readCache(file: string, given: Given): UsersFileCache {
  const [kind, other] = allKinds.filter((one) => given[kinds[one].option] !== undefined);
  if (kind === undefined) throw malformed(`In ${file}, cache has no name.`, `Give one of ${names.join(", ")}.`);
  if (other !== undefined) {
    throw malformed(
      `In ${file}, cache has two names, ${kinds[kind].option} and ${kinds[other].option}.`,
      "Keep one of them.",
    );
  }
  const { region, accountId = null } = given;
  const { option } = kinds[kind];
  return {
    kind,
    name: checked(file, option, () => checkCacheName(kind, given[option] ?? "", optionNaming).value),
    region: region === undefined ? null : checked(file, "region", () => checkRegion(region, optionNaming)),
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

/** The words of an option's fault, under the file's own code. */
function checked(file: string, field: string, check: () => string): string {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof CacheauthError)) throw error;
    throw malformed(`In ${file}, cache.${field}: ${error.message}`, error.hint);
  }
}
