import type { Naming } from "../naming.ts";
import { isAddress } from "./host-text.ts";

/**
 * Hosts that are taken for IAM-capable caches and are none: what each is, and what to give instead. `port` limits a row
 * to hosts given with that port.
 */
interface ForeignHost {
  readonly id: string;
  readonly is: string;
  readonly pattern: RegExp;
  readonly port?: number;
  /** Null for what may lead to a cache, as a tunnel does: the cache must be named. */
  readonly hint: string | null;
}

const memcached = "Memcached has no users and no IAM authentication; only Valkey and Redis OSS caches do.";
const copyEndpoint =
  "Give the endpoint of the cache itself: in the console under the cache's details, as Primary or Configuration endpoint.";

/** Made only for a host that is none of ours: these patterns would cost every start. */
const foreignHosts = (): readonly ForeignHost[] => [
  {
    id: "dax",
    is: "a DynamoDB Accelerator (DAX) cluster",
    pattern: /\.dax\.[^.]+\.cache\.amazonaws\.com(\.cn)?$|\.dax-clusters\.[^.]+\.amazonaws\.com(\.cn)?$/,
    hint: "DAX shares ElastiCache's host names but signs its own requests; it takes no AUTH token.",
  },
  {
    id: "memcached-configuration",
    is: "a Memcached configuration endpoint",
    pattern: /\.cfg(\.\d{4})?\.[^.]+\.cache\.amazonaws\.com(\.cn)?$/,
    hint: memcached,
  },
  {
    id: "memcached-node",
    is: "a node of a Memcached cluster",
    pattern: /^[^.]+\.[^.]+\.(?!0001)\d{4}\.[^.]+\.cache\.amazonaws\.com(\.cn)?$/,
    hint: memcached,
  },
  {
    id: "memcached-serverless",
    is: "a Memcached endpoint, by its port 11211",
    pattern: /\.cache\.amazonaws\.com(\.cn)?$/,
    port: 11211,
    hint: memcached,
  },
  { id: "vpc-endpoint", is: "a VPC endpoint, not a cache", pattern: /^vpce-/, hint: copyEndpoint },
  {
    id: "api",
    is: "the API of ElastiCache or MemoryDB, not a cache",
    pattern: /^(elasticache|memory-db)(-fips)?\.[^.]+\.(amazonaws\.com(\.cn)?|api\.aws)$/,
    hint: copyEndpoint,
  },
  {
    id: "rds",
    is: "an RDS or Aurora database",
    pattern: /\.rds\.amazonaws\.com(\.cn)?$/,
    hint: "For a database, the AWS CLI has: aws rds generate-db-auth-token.",
  },
  {
    id: "documentdb",
    is: "a DocumentDB or Neptune cluster",
    pattern: /\.(docdb|neptune)\.amazonaws\.com(\.cn)?$/,
    hint: copyEndpoint,
  },
  {
    id: "redshift",
    is: "a Redshift cluster",
    pattern: /\.redshift(-serverless)?\.amazonaws\.com(\.cn)?$/,
    hint: copyEndpoint,
  },
  { id: "opensearch", is: "an OpenSearch domain", pattern: /\.(es|aoss)\.amazonaws\.com(\.cn)?$/, hint: copyEndpoint },
  {
    id: "load-balancer",
    is: "a load balancer",
    pattern: /\.elb\.([^.]+\.)?amazonaws\.com(\.cn)?$|\.elb\.amazonaws\.com$/,
    hint: null,
  },
  {
    id: "ec2",
    is: "an EC2 instance",
    pattern: /\.compute(-1)?\.(amazonaws\.com(\.cn)?|internal)$|\.ec2\.internal$/,
    hint: null,
  },
  {
    id: "azure",
    is: "an Azure cache",
    pattern: /\.redis(enterprise)?\.cache\.(windows|azure)\.(net|cn|us)$/,
    hint: copyEndpoint,
  },
  { id: "localhost", is: "this machine", pattern: /^localhost$|\.localhost$/, hint: null },
];

/**
 * What a host that has no form of an endpoint is, if that is known, and what to do about it; null where it may still lead to
 * a cache, as a tunnel does. An address is one: the name to sign cannot be read off it.
 */
export function findForeignHost(host: string, port: number | null): Pick<ForeignHost, "is" | "hint"> | null {
  if (isAddress(host)) return { is: "an address, which does not tell the cache's name", hint: null };
  return foreignHosts().find(({ pattern, port: only = port }) => pattern.test(host) && only === port) ?? null;
}

/** What to do where a host leads to a cache, and does not tell which. */
export function nameTheCache(where: string, { option }: Naming): string {
  return `${where}, name the cache as well: ${option("replicationGroupId")}, ${option("serverlessCacheName")} or ${option("memorydbCluster")}, and ${option("region")}.`;
}
