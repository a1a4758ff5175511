import type { Call } from "./call.ts";
import { arnOf } from "./records.ts";
import type { Script, ScriptedCache, ScriptedEndpoint } from "./script.ts";
import { list, type Xml } from "./xml.ts";

export function replicationGroupXml(cache: ScriptedCache, call: Call, script: Script): Xml {
  const { name, status = "available", engine = "valkey", clusterMode = false, endpoint, reader } = cache;
  const { groups, groupsToAdd, groupsToRemove } = cache;
  const pending = { UserGroupIdsToAdd: list(groupsToAdd), UserGroupIdsToRemove: list(groupsToRemove) };
  const members = nodesOf(cache);
  return {
    ReplicationGroupId: name,
    Description: "scripted",
    Status: status,
    PendingModifiedValues: groupsToAdd || groupsToRemove ? { UserGroups: pending } : {},
    MemberClusters: list(
      members.map(({ CacheClusterId }) => CacheClusterId),
      "ClusterId",
    ),
    NodeGroups: list(
      [
        {
          NodeGroupId: "0001",
          Status: status,
          PrimaryEndpoint: clusterMode ? undefined : endpointXml(endpoint),
          ReaderEndpoint: clusterMode ? undefined : endpointXml(reader),
          Slots: clusterMode ? "0-16383" : undefined,
          NodeGroupMembers: list(
            members.map(({ CacheClusterId }, index) => ({
              CacheClusterId,
              CacheNodeId: "0001",
              // In cluster mode it is told of the nodes alone, and no roles are.
              ReadEndpoint: clusterMode ? undefined : endpointXml(cache.nodes?.[index] ?? endpoint),
              PreferredAvailabilityZone: `${call.region}a`,
              CurrentRole: clusterMode ? undefined : index === 0 ? "primary" : "replica",
            })),
            "NodeGroupMember",
          ),
        },
      ],
      "NodeGroup",
    ),
    AutomaticFailover: "enabled",
    ConfigurationEndpoint: clusterMode ? endpointXml(endpoint) : undefined,
    ClusterEnabled: clusterMode,
    ClusterMode: clusterMode ? "enabled" : "disabled",
    CacheNodeType: "cache.t4g.micro",
    AuthTokenEnabled: false,
    ...transitXml(cache),
    AtRestEncryptionEnabled: true,
    ARN: arnOf(call, script, `replicationgroup:${name}`),
    UserGroupIds: list(groups),
    Engine: engine ?? undefined,
  };
}

/** Its cache clusters, which is where ElastiCache tells the version. */
export function nodesOf(cache: ScriptedCache) {
  const { name, nodes, endpoint, engine, version = "8.0.1", clusterMode = false, status = "available" } = cache;
  const all = nodes ?? (endpoint ? [endpoint] : []);
  return Array.from({ length: Math.max(1, all.length) }, (_, index) => ({
    CacheClusterId: `${name}-${clusterMode ? "0001-" : ""}${String(index + 1).padStart(3, "0")}`,
    Engine: engine ?? "valkey",
    EngineVersion: version,
    CacheClusterStatus: status,
    NumCacheNodes: 1,
    ReplicationGroupId: name,
    ...transitXml(cache),
    CacheNodes: list(
      [{ CacheNodeId: "0001", CacheNodeStatus: "available", Endpoint: endpointXml(all[index]) }],
      "CacheNode",
    ),
  }));
}

export function serverlessXml(cache: ScriptedCache, call: Call, script: Script): Xml {
  const { name, status = "available", engine, version = "8.0", endpoint, reader, groups = [] } = cache;
  return {
    ServerlessCacheName: name,
    Status: status,
    Engine: engine ?? "valkey",
    MajorEngineVersion: version.split(".")[0] ?? version,
    FullEngineVersion: version,
    Endpoint: endpointXml(endpoint),
    ReaderEndpoint: endpointXml(reader),
    ARN: arnOf(call, script, `serverlesscache:${name}`),
    UserGroupId: groups[0],
  };
}

function transitXml({ tls = "required" }: ScriptedCache): { readonly [name: string]: Xml } {
  return { TransitEncryptionEnabled: tls !== "off", TransitEncryptionMode: tls === "off" ? undefined : tls };
}

function endpointXml(endpoint: ScriptedEndpoint | undefined): Xml {
  return endpoint && { Address: endpoint.host, Port: endpoint.port };
}
