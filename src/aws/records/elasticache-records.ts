/** What ElastiCache keeps of a cache, its users and its user groups, in the judge's own words. */
import type { CacheRecord, Group, User } from "../../judge/world.ts";
import type { Kind } from "../../target/kinds.ts";
import type { Found, Sdk } from "../sdk.ts";
import type { AskedCache, CacheRecords, CacheWithGroups } from "./cache-records.ts";
import { allPages, clientOptions } from "./clients.ts";
import { look, orNull } from "./looked.ts";
import { endpointsOf, lower, userOf } from "./record-words.ts";
import { elastiCacheTags } from "./resource-tags.ts";

type Client = InstanceType<typeof import("@aws-sdk/client-elasticache")["ElastiCacheClient"]>;

export async function elastiCacheRecords(sdk: Sdk, credentials: Found, region: string): Promise<CacheRecords> {
  const { ElastiCacheClient } = await import("@aws-sdk/client-elasticache");
  const client = new ElastiCacheClient(clientOptions(sdk, credentials, region));
  const { env } = sdk.runtime.host;
  return {
    cache: (asked) =>
      asked.kind === "serverless-cache"
        ? look("elasticache:DescribeServerlessCaches", env, () => serverlessCache(client, asked.name))
        : look("elasticache:DescribeReplicationGroups", env, () => replicationGroup(client, asked.name)),
    names: ({ kind }) =>
      kind === "serverless-cache"
        ? look("elasticache:DescribeServerlessCaches", env, () => serverlessNames(client))
        : look("elasticache:DescribeReplicationGroups", env, () => replicationGroupNames(client)),
    version: (record) => look("elasticache:DescribeCacheClusters", env, async () => nodeVersion(client, record)),
    users: () => look("elasticache:DescribeUsers", env, () => users(client)),
    groups: (asked, attached) => look("elasticache:DescribeUserGroups", env, () => groups(client, asked, attached)),
    tags: (arn) => look("elasticache:ListTagsForResource", env, () => elastiCacheTags(client, arn)),
  };
}

async function replicationGroup(client: Client, name: string): Promise<CacheWithGroups | null> {
  const { DescribeReplicationGroupsCommand } = await import("@aws-sdk/client-elasticache");
  const asked = client.send(new DescribeReplicationGroupsCommand({ ReplicationGroupId: name }));
  const group = (await orNull(asked, /ReplicationGroupNotFound/))?.ReplicationGroups?.[0];
  if (!group) return null;
  const nodes = (group.NodeGroups ?? []).flatMap(({ PrimaryEndpoint, ReaderEndpoint, NodeGroupMembers = [] }) => [
    PrimaryEndpoint,
    ReaderEndpoint,
    ...NodeGroupMembers.map(({ ReadEndpoint }) => ReadEndpoint),
  ]);
  const pending = group.PendingModifiedValues?.UserGroups?.UserGroupIdsToAdd ?? [];
  return {
    record: {
      status: lower(group.Status) ?? "unknown",
      engine: lower(group.Engine),
      version: null,
      tls: group.TransitEncryptionEnabled
        ? lower(group.TransitEncryptionMode) === "preferred"
          ? "preferred"
          : "required"
        : "off",
      endpoints: endpointsOf([group.ConfigurationEndpoint, ...nodes]),
    },
    groupIds: group.UserGroupIds ?? [],
    joiningGroupIds: pending,
    node: group.MemberClusters?.[0] ?? null,
  };
}

async function serverlessCache(client: Client, name: string): Promise<CacheWithGroups | null> {
  const { DescribeServerlessCachesCommand } = await import("@aws-sdk/client-elasticache");
  const asked = client.send(new DescribeServerlessCachesCommand({ ServerlessCacheName: name }));
  const cache = (await orNull(asked, /ServerlessCacheNotFound/))?.ServerlessCaches?.[0];
  if (!cache) return null;
  return {
    record: {
      status: lower(cache.Status) ?? "unknown",
      engine: lower(cache.Engine),
      version: cache.FullEngineVersion ?? cache.MajorEngineVersion ?? null,
      // A serverless cache speaks TLS and nothing else.
      tls: "required",
      endpoints: endpointsOf([cache.Endpoint, cache.ReaderEndpoint]),
    },
    groupIds: cache.UserGroupId ? [cache.UserGroupId] : [],
    joiningGroupIds: [],
    node: null,
  };
}

async function replicationGroupNames(client: Client): Promise<readonly string[]> {
  const { DescribeReplicationGroupsCommand } = await import("@aws-sdk/client-elasticache");
  const { ReplicationGroups = [] } = await client.send(new DescribeReplicationGroupsCommand({ MaxRecords: 100 }));
  return ReplicationGroups.flatMap(({ ReplicationGroupId }) => ReplicationGroupId ?? []);
}

async function serverlessNames(client: Client): Promise<readonly string[]> {
  const { DescribeServerlessCachesCommand } = await import("@aws-sdk/client-elasticache");
  const { ServerlessCaches = [] } = await client.send(new DescribeServerlessCachesCommand({ MaxResults: 50 }));
  return ServerlessCaches.flatMap(({ ServerlessCacheName }) => ServerlessCacheName ?? []);
}

/** A replication group does not tell its version; its nodes do. */
async function nodeVersion(
  client: Client,
  { node }: CacheWithGroups,
): Promise<Pick<CacheRecord, "engine" | "version"> | null> {
  if (node === null) return null;
  const { DescribeCacheClustersCommand } = await import("@aws-sdk/client-elasticache");
  const asked = client.send(new DescribeCacheClustersCommand({ CacheClusterId: node }));
  const cluster = (await orNull(asked, /CacheClusterNotFound/))?.CacheClusters?.[0];
  return cluster ? { engine: lower(cluster.Engine), version: cluster.EngineVersion ?? null } : null;
}

async function users(client: Client): Promise<readonly User[]> {
  const { DescribeUsersCommand } = await import("@aws-sdk/client-elasticache");
  const all = await allPages(
    (Marker) => client.send(new DescribeUsersCommand({ MaxRecords: 100, Marker })),
    ({ Users }) => Users,
    ({ Marker }) => Marker,
  );
  return all.map(({ UserId = "", UserName = UserId, ...told }) => userOf(UserId, UserName, told));
}

async function groups(
  client: Client,
  { kind, name }: AskedCache,
  attached: CacheWithGroups | null,
): Promise<readonly Group[]> {
  const { DescribeUserGroupsCommand } = await import("@aws-sdk/client-elasticache");
  const all = await allPages(
    (Marker) => client.send(new DescribeUserGroupsCommand({ MaxRecords: 100, Marker })),
    ({ UserGroups }) => UserGroups,
    ({ Marker }) => Marker,
  );
  return all.map(
    ({
      UserGroupId = "",
      Status,
      Engine,
      UserIds = [],
      PendingChanges,
      ReplicationGroups = [],
      ServerlessCaches = [],
    }) => ({
      id: UserGroupId,
      users: UserIds,
      attached: attached
        ? attached.groupIds.includes(UserGroupId)
        : cachesOf(kind, ReplicationGroups, ServerlessCaches).includes(name),
      joining: PendingChanges?.UserIdsToAdd,
      attaching: attached?.joiningGroupIds.includes(UserGroupId),
      status: lower(Status) ?? undefined,
      engine: lower(Engine) ?? undefined,
    }),
  );
}

function cachesOf(
  kind: Kind,
  replicationGroups: readonly string[],
  serverlessCaches: readonly string[],
): readonly string[] {
  return kind === "serverless-cache" ? serverlessCaches : replicationGroups;
}
