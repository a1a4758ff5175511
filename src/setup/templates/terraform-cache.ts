import {
  type Choices,
  cacheDescription,
  closedAccess,
  makesSubnetGroup,
  needsDefaultUser,
  openAccess,
} from "../choices.ts";
import { type Block, expression, type Hcl } from "./hcl.ts";

type Values = Block["values"];

export function elastiCacheBlocks(choices: Choices): Block[] {
  const { target, user, engine, names, existing, access } = choices;
  const hasUser = existing.includes("user");
  const userId: Hcl = hasUser ? user : expression("aws_elasticache_user.user.user_id");
  const ownDefault = needsDefaultUser(choices);
  const members = [...(ownDefault ? [expression("aws_elasticache_user.default.user_id")] : []), userId];
  const person = (label: string, id: string, name: string, string: string, type: string) =>
    resource("aws_elasticache_user", label, { user_id: id, user_name: name, engine, access_string: string }, [
      { head: "authentication_mode", values: { type } },
    ]);
  return [
    ...(ownDefault ? [person("default", names.defaultUser, "default", closedAccess, "no-password-required")] : []),
    ...(hasUser ? [] : [person("user", user, user, access ?? openAccess, "iam")]),
    existing.includes("group")
      ? resource("aws_elasticache_user_group_association", "user", { user_group_id: names.group, user_id: userId })
      : resource("aws_elasticache_user_group", "group", { user_group_id: names.group, engine, user_ids: members }),
    ...(makesSubnetGroup(choices) ? [subnetGroup("aws_elasticache_subnet_group", choices)] : []),
    ...(existing.includes("cache")
      ? []
      : target.kind === "serverless-cache"
        ? serverless(choices)
        : replicationGroup(choices)),
  ];
}

export function memoryDbBlocks(choices: Choices): Block[] {
  const { target, user, engine, engineVersion, names, existing, access, network } = choices;
  const hasUser = existing.includes("user");
  const hasGroup = existing.includes("group");
  const userName: Hcl = hasUser ? user : expression("aws_memorydb_user.user.user_name");
  return [
    ...(hasUser
      ? []
      : [
          resource("aws_memorydb_user", "user", { user_name: user, access_string: access ?? openAccess }, [
            { head: "authentication_mode", values: { type: "iam" } },
          ]),
        ]),
    ...(hasGroup ? [] : [resource("aws_memorydb_acl", "group", { name: names.group, user_names: [userName] })]),
    ...(makesSubnetGroup(choices) ? [subnetGroup("aws_memorydb_subnet_group", choices)] : []),
    ...(existing.includes("cache")
      ? []
      : [
          resource("aws_memorydb_cluster", "cache", {
            name: target.name,
            description: cacheDescription,
            node_type: choices.nodeType,
            engine,
            engine_version: engineVersion,
            num_shards: 1,
            num_replicas_per_shard: 1,
            tls_enabled: true,
            acl_name: hasGroup ? names.group : expression("aws_memorydb_acl.group.name"),
            subnet_group_name: subnetGroupName("aws_memorydb_subnet_group", choices),
            security_group_ids: listed(network.securityGroupIds),
          }),
          {
            head: 'output "endpoint"',
            values: { value: expression("aws_memorydb_cluster.cache.cluster_endpoint[0].address") },
          },
        ]),
  ];
}

function replicationGroup(choices: Choices): Block[] {
  const { target, engine, engineVersion, network } = choices;
  return [
    resource("aws_elasticache_replication_group", "cache", {
      replication_group_id: target.name,
      description: cacheDescription,
      engine,
      engine_version: engineVersion,
      node_type: choices.nodeType,
      num_cache_clusters: 2,
      automatic_failover_enabled: true,
      transit_encryption_enabled: true,
      at_rest_encryption_enabled: true,
      user_group_ids: [groupId(choices)],
      subnet_group_name: subnetGroupName("aws_elasticache_subnet_group", choices),
      security_group_ids: listed(network.securityGroupIds),
    }),
    {
      head: 'output "endpoint"',
      values: { value: expression("aws_elasticache_replication_group.cache.primary_endpoint_address") },
    },
  ];
}

function serverless(choices: Choices): Block[] {
  const { target, engine, engineVersion, network } = choices;
  return [
    resource("aws_elasticache_serverless_cache", "cache", {
      name: target.name,
      description: cacheDescription,
      engine,
      major_engine_version: engineVersion,
      user_group_id: groupId(choices),
      subnet_ids: listed(network.subnetIds),
      security_group_ids: listed(network.securityGroupIds),
    }),
    {
      head: 'output "endpoint"',
      values: { value: expression("aws_elasticache_serverless_cache.cache.endpoint[0].address") },
    },
  ];
}

function groupId({ names, existing }: Choices): Hcl {
  return existing.includes("group") ? names.group : expression("aws_elasticache_user_group.group.user_group_id");
}

function subnetGroup(type: string, { names, network }: Choices): Block {
  return resource(type, "cache", {
    name: names.subnetGroup,
    description: cacheDescription,
    subnet_ids: network.subnetIds,
  });
}

function subnetGroupName(type: string, choices: Choices): Hcl | null {
  return makesSubnetGroup(choices) ? expression(`${type}.cache.name`) : choices.network.subnetGroup;
}

function listed(all: readonly string[]): readonly string[] | null {
  return all.length === 0 ? null : all;
}

function resource(type: string, label: string, values: Values, blocks: readonly Block[] = []): Block {
  return { head: `resource "${type}" "${label}"`, values, blocks };
}
