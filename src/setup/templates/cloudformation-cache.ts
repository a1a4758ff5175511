import {
  type Choices,
  cacheDescription,
  closedAccess,
  makesSubnetGroup,
  needsDefaultUser,
  openAccess,
} from "../choices.ts";

export type Resources = Readonly<Record<string, object>>;

interface Cache {
  readonly resources: Resources;
  /** Of the cache that the template makes. */
  readonly endpoint: object;
}

export function elastiCacheResources(choices: Choices): Cache {
  const { target, user, engine, names, existing, access } = choices;
  const person = (id: string, name: string, string: string, type: string) =>
    resource("AWS::ElastiCache::User", {
      UserId: id,
      UserName: name,
      Engine: engine,
      AccessString: string,
      AuthenticationMode: { Type: type },
    });
  const ownDefault = needsDefaultUser(choices);
  const members = [...(ownDefault ? [{ Ref: "DefaultUser" }] : []), existing.includes("user") ? user : { Ref: "User" }];
  const group = resource("AWS::ElastiCache::UserGroup", {
    UserGroupId: names.group,
    Engine: engine,
    UserIds: members,
  });
  const isServerless = target.kind === "serverless-cache";
  return {
    resources: {
      ...(ownDefault
        ? { DefaultUser: person(names.defaultUser, "default", closedAccess, "no-password-required") }
        : {}),
      ...(existing.includes("user") ? {} : { User: person(user, user, access ?? openAccess, "iam") }),
      ...(existing.includes("group") ? {} : { UserGroup: group }),
      ...(makesSubnetGroup(choices) ? { SubnetGroup: subnetGroup(choices) } : {}),
      ...(existing.includes("cache")
        ? {}
        : { Cache: isServerless ? serverlessCache(choices) : replicationGroup(choices) }),
    },
    endpoint: attribute(isServerless ? "Endpoint.Address" : "PrimaryEndPoint.Address"),
  };
}

export function memoryDbResources(choices: Choices): Cache {
  const { target, user, names, existing, access, network } = choices;
  const cluster = resource("AWS::MemoryDB::Cluster", {
    ClusterName: target.name,
    Description: cacheDescription,
    NodeType: choices.nodeType,
    Engine: choices.engine,
    EngineVersion: choices.engineVersion,
    NumShards: 1,
    NumReplicasPerShard: 1,
    TLSEnabled: true,
    ACLName: existing.includes("group") ? names.group : { Ref: "UserGroup" },
    ...(makesSubnetGroup(choices) ? { SubnetGroupName: { Ref: "SubnetGroup" } } : named(network.subnetGroup)),
    ...securityGroups(choices),
  });
  const userResource = resource("AWS::MemoryDB::User", {
    UserName: user,
    AccessString: access ?? openAccess,
    AuthenticationMode: { Type: "iam" },
  });
  const acl = resource("AWS::MemoryDB::ACL", {
    ACLName: names.group,
    UserNames: [existing.includes("user") ? user : { Ref: "User" }],
  });
  const subnets = resource("AWS::MemoryDB::SubnetGroup", {
    SubnetGroupName: names.subnetGroup,
    Description: cacheDescription,
    SubnetIds: network.subnetIds,
  });
  return {
    resources: {
      ...(existing.includes("user") ? {} : { User: userResource }),
      ...(existing.includes("group") ? {} : { UserGroup: acl }),
      ...(makesSubnetGroup(choices) ? { SubnetGroup: subnets } : {}),
      ...(existing.includes("cache") ? {} : { Cache: cluster }),
    },
    endpoint: attribute("ClusterEndpoint.Address"),
  };
}

function replicationGroup(choices: Choices): object {
  const { target, network } = choices;
  return resource("AWS::ElastiCache::ReplicationGroup", {
    ReplicationGroupId: target.name,
    ReplicationGroupDescription: cacheDescription,
    Engine: choices.engine,
    EngineVersion: choices.engineVersion,
    CacheNodeType: choices.nodeType,
    NumCacheClusters: 2,
    AutomaticFailoverEnabled: true,
    TransitEncryptionEnabled: true,
    AtRestEncryptionEnabled: true,
    UserGroupIds: [groupId(choices)],
    ...(makesSubnetGroup(choices)
      ? { CacheSubnetGroupName: { Ref: "SubnetGroup" } }
      : named(network.subnetGroup, "CacheSubnetGroupName")),
    ...securityGroups(choices),
  });
}

function serverlessCache(choices: Choices): object {
  const { subnetIds } = choices.network;
  return resource("AWS::ElastiCache::ServerlessCache", {
    ServerlessCacheName: choices.target.name,
    Description: cacheDescription,
    Engine: choices.engine,
    MajorEngineVersion: choices.engineVersion,
    UserGroupId: groupId(choices),
    ...(subnetIds.length > 0 ? { SubnetIds: subnetIds } : {}),
    ...securityGroups(choices),
  });
}

function subnetGroup({ names, network }: Choices): object {
  return resource("AWS::ElastiCache::SubnetGroup", {
    CacheSubnetGroupName: names.subnetGroup,
    Description: cacheDescription,
    SubnetIds: network.subnetIds,
  });
}

function groupId({ names, existing }: Choices): string | object {
  return existing.includes("group") ? names.group : { Ref: "UserGroup" };
}

function securityGroups({ network: { securityGroupIds } }: Choices): object {
  return securityGroupIds.length > 0 ? { SecurityGroupIds: securityGroupIds } : {};
}

function named(subnetGroup: string | null, property = "SubnetGroupName"): object {
  return subnetGroup === null ? {} : { [property]: subnetGroup };
}

function attribute(name: string): object {
  return { "Fn::GetAtt": ["Cache", name] };
}

function resource(type: string, properties: object): object {
  return { Type: type, Properties: properties };
}
