import { CacheauthError, shown } from "../errors.ts";
import type { Naming } from "../naming.ts";
import type { Service } from "./kinds.ts";
import { findRegionCode, partitionOf } from "./regions.ts";

/** What the end of a host tells, whatever stands before it: the service, and mostly the region. */
export interface CacheHost {
  readonly service: Service;
  /** All that stands before it. */
  readonly labels: string;
  /** Null where the short code is not known. */
  readonly region: string | null;
  /** The short region code of an ElastiCache host; null for MemoryDB, which spells the region. */
  readonly regionCode: string | null;
  /** How surely the code is known, where it is not seen on real hosts. */
  readonly doubt: string | null;
}

const elastiCacheHost = /^(?<labels>.+)\.(?<code>[^.]+)\.cache\.amazonaws\.com(?:\.cn)?$/;
const memoryDbHost = /^(?<labels>.+)\.memorydb\.(?<region>[^.]+)\.amazonaws\.com(?:\.cn)?$/;

/** Null for any other host. */
export function readCacheHost(host: string, naming: Naming): CacheHost | null {
  const elastiCache = elastiCacheHost.exec(host)?.groups;
  if (elastiCache) {
    const { labels = "", code = "" } = elastiCache;
    const row = findRegionCode(code);
    const doubt =
      row && row[2] !== "seen"
        ? `Region ${row[1]} was read off ${row[0]} by pattern; if that is wrong, pass ${naming.option("region")}.`
        : null;
    return { service: "elasticache", labels, region: row?.[1] ?? null, regionCode: code, doubt };
  }
  const memoryDb = memoryDbHost.exec(host)?.groups;
  if (!memoryDb) return null;
  const { labels = "", region = "" } = memoryDb;
  return { service: "memorydb", labels, region, regionCode: null, doubt: null };
}

/** Refuses a host whose ending and region are not of the same partition: it leads nowhere. */
export function checkSuffix(host: string, { region }: CacheHost): void {
  const china = host.endsWith(".cn");
  if (region === null || (partitionOf(region) === "aws-cn") === china) return;
  throw new CacheauthError(
    "endpoint-malformed",
    `${shown(host)} ends in ${china ? "amazonaws.com.cn" : "amazonaws.com"}, but ${region} is ${china ? "not " : ""}in China.`,
    "Copy the endpoint again; hosts in China end in amazonaws.com.cn, and no others do.",
  );
}
