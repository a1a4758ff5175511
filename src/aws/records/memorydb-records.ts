/** What MemoryDB keeps of a cluster, its users and its ACLs, in the judge's own words. */
import type { Group, User } from "../../judge/world.ts";
import type { Found, Sdk } from "../sdk.ts";
import type { AskedCache, CacheRecords, CacheWithGroups } from "./cache-records.ts";
import { allPages, clientOptions } from "./clients.ts";
import { look, orNull } from "./looked.ts";
import { endpointsOf, lower, userOf } from "./record-words.ts";
import { memoryDbTags } from "./resource-tags.ts";

type Client = InstanceType<typeof import("@aws-sdk/client-memorydb")["MemoryDBClient"]>;

export async function memoryDbRecords(sdk: Sdk, credentials: Found, region: string): Promise<CacheRecords> {
  const { MemoryDBClient } = await import("@aws-sdk/client-memorydb");
  const client = new MemoryDBClient(clientOptions(sdk, credentials, region));
  const { env } = sdk.runtime.host;
  return {
    cache: ({ name }) => look("memorydb:DescribeClusters", env, () => cluster(client, name)),
    names: () => look("memorydb:DescribeClusters", env, () => clusterNames(client)),
    version: async () => ({ found: null, failure: null }),
    users: () => look("memorydb:DescribeUsers", env, () => users(client)),
    groups: (asked, attached) => look("memorydb:DescribeACLs", env, () => acls(client, asked, attached)),
    tags: (arn) => look("memorydb:ListTags", env, () => memoryDbTags(client, arn)),
  };
}

async function cluster(client: Client, name: string): Promise<CacheWithGroups | null> {
  const { DescribeClustersCommand } = await import("@aws-sdk/client-memorydb");
  const asked = client.send(new DescribeClustersCommand({ ClusterName: name, ShowShardDetails: true }));
  const found = (await orNull(asked, /ClusterNotFound/))?.Clusters?.[0];
  if (!found) return null;
  const nodes = (found.Shards ?? []).flatMap(({ Nodes = [] }) => Nodes.map(({ Endpoint }) => Endpoint));
  const pending = found.PendingUpdates?.ACLs?.ACLToApply;
  return {
    record: {
      status: lower(found.Status) ?? "unknown",
      engine: lower(found.Engine) ?? "redis",
      version: found.EngineVersion ?? null,
      tls: found.TLSEnabled ? "required" : "off",
      endpoints: endpointsOf([found.ClusterEndpoint, ...nodes]),
    },
    groupIds: found.ACLName ? [found.ACLName] : [],
    joiningGroupIds: pending ? [pending] : [],
    node: null,
  };
}

async function clusterNames(client: Client): Promise<readonly string[]> {
  const { DescribeClustersCommand } = await import("@aws-sdk/client-memorydb");
  const { Clusters = [] } = await client.send(new DescribeClustersCommand({ MaxResults: 50 }));
  return Clusters.flatMap(({ Name }) => Name ?? []);
}

async function users(client: Client): Promise<readonly User[]> {
  const { DescribeUsersCommand } = await import("@aws-sdk/client-memorydb");
  const all = await allPages(
    (NextToken) => client.send(new DescribeUsersCommand({ MaxResults: 50, NextToken })),
    ({ Users }) => Users,
    ({ NextToken }) => NextToken,
  );
  return all.map(({ Name = "", ...told }) => userOf(Name, Name, told));
}

async function acls(client: Client, { name }: AskedCache, attached: CacheWithGroups | null): Promise<readonly Group[]> {
  const { DescribeACLsCommand } = await import("@aws-sdk/client-memorydb");
  const all = await allPages(
    (NextToken) => client.send(new DescribeACLsCommand({ MaxResults: 50, NextToken })),
    ({ ACLs }) => ACLs,
    ({ NextToken }) => NextToken,
  );
  return all.map(({ Name = "", Status, UserNames = [], PendingChanges, Clusters = [] }) => ({
    id: Name,
    users: UserNames,
    attached: attached ? attached.groupIds.includes(Name) : Clusters.includes(name),
    joining: PendingChanges?.UserNamesToAdd,
    attaching: attached?.joiningGroupIds.includes(Name),
    status: lower(Status) ?? undefined,
  }));
}
