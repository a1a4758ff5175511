import { type Answer, errorAnswer, queryAnswer, type Reply } from "./answers.ts";
import type { Call } from "./call.ts";
import { nodesOf, replicationGroupXml, serverlessXml } from "./elasticache-caches.ts";
import { pageOf } from "./pages.ts";
import { arnOf, here, tagsOf } from "./records.ts";
import type { Script, ScriptedCache, ScriptedGroup, ScriptedUser } from "./script.ts";
import { list, type Xml } from "./xml.ts";

export const elastiCacheActions: Readonly<Record<string, Answer>> = {
  DescribeReplicationGroups(call, script) {
    const found = cachesOf("replication-group", call, script);
    return described(call, script, found, {
      by: "ReplicationGroupId",
      id: ({ name }) => name,
      missing: (id) => ["ReplicationGroupNotFoundFault", `ReplicationGroup ${id} not found.`],
      write: (cache) => replicationGroupXml(cache, call, script),
      into: ["ReplicationGroups", "ReplicationGroup"],
    });
  },

  DescribeCacheClusters(call, script) {
    return described(call, script, cachesOf("replication-group", call, script).flatMap(nodesOf), {
      by: "CacheClusterId",
      id: ({ CacheClusterId }) => CacheClusterId,
      missing: (id) => ["CacheClusterNotFound", `CacheCluster not found: ${id}`],
      write({ CacheNodes, ...node }) {
        const isAsked = call.parameters["ShowCacheNodeInfo"] === "true";
        const arn = arnOf(call, script, `cluster:${node.CacheClusterId}`);
        return { ...node, CacheNodes: isAsked ? CacheNodes : undefined, ARN: arn };
      },
      into: ["CacheClusters", "CacheCluster"],
    });
  },

  DescribeServerlessCaches(call, script) {
    return described(call, script, cachesOf("serverless-cache", call, script), {
      by: "ServerlessCacheName",
      id: ({ name }) => name,
      missing: (id) => ["ServerlessCacheNotFoundFault", `ServerlessCache ${id} not found.`],
      write: (cache) => serverlessXml(cache, call, script),
      into: ["ServerlessCaches", "member"],
      marker: "NextToken",
    });
  },

  DescribeUsers(call, script) {
    const { Engine: engine } = call.parameters;
    const users = usersOf(call, script).filter((user) => engine === undefined || engineOf(user) === engine);
    return described(call, script, users, {
      by: "UserId",
      id: ({ id }) => id,
      missing: (id) => ["UserNotFound", `User ${id} not found.`],
      write: (user) => userXml(user, call, script),
      into: ["Users", "member"],
    });
  },

  ListTagsForResource(call, script) {
    const arn = call.parameters["ResourceName"] ?? "";
    const there = [
      ...cachesOf("replication-group", call, script).map(({ name }) => `replicationgroup:${name}`),
      ...cachesOf("serverless-cache", call, script).map(({ name }) => `serverlesscache:${name}`),
      ...usersOf(call, script).map(({ id }) => `user:${id}`),
    ];
    if (!there.some((resource) => arnOf(call, script, resource) === arn)) {
      const code = arn.includes(":user:") ? "UserNotFound" : "ReplicationGroupNotFoundFault";
      return errorAnswer(call, 404, code, `${arn} not found.`);
    }
    return queryAnswer(call, { TagList: list(tagsOf(arn, script), "Tag") });
  },

  DescribeUserGroups(call, script) {
    return described(call, script, groupsOf(call, script), {
      by: "UserGroupId",
      id: ({ id }) => id,
      missing: (id) => ["UserGroupNotFound", `UserGroup ${id} not found.`],
      write: (group) => groupXml(group, call, script),
      into: ["UserGroups", "member"],
    });
  },
};

interface Description<T> {
  /** The parameter that asks for one. */
  readonly by: string;
  id(record: T): string;
  /** Code and message. */
  missing(id: string): readonly [string, string];
  write(record: T): Xml;
  readonly into: readonly [member: string, item: string];
  readonly marker?: "NextToken";
}

/** One that is named, or all of them, page by page. */
function described<T>(call: Call, script: Script, records: readonly T[], what: Description<T>): Reply {
  const filters = Object.keys(call.parameters).find((name) => name.startsWith("Filters"));
  if (filters) return errorAnswer(call, 400, "InvalidParameterValue", `The script knows no ${filters}.`);
  const max = Number(call.parameters["MaxRecords"] ?? 100);
  if (max < 20 || max > 100) {
    return errorAnswer(call, 400, "InvalidParameterValue", "MaxRecords must be between 20 and 100.");
  }
  const wanted = call.parameters[what.by];
  const found = records.filter((record) => wanted === undefined || what.id(record) === wanted.toLowerCase());
  if (wanted !== undefined && found.length === 0) return errorAnswer(call, 404, ...what.missing(wanted));
  const { records: page, next } = pageOf(found, call, script);
  const [member, item] = what.into;
  return queryAnswer(call, { [what.marker ?? "Marker"]: next, [member]: list(page.map(what.write), item) });
}

function cachesOf(kind: ScriptedCache["kind"], call: Call, script: Script): readonly ScriptedCache[] {
  return here(script.caches, call, script).filter((cache) => cache.kind === kind);
}

function usersOf(call: Call, script: Script): readonly ScriptedUser[] {
  return here(script.users, call, script).filter(({ service }) => service === "elasticache");
}

function groupsOf(call: Call, script: Script): readonly ScriptedGroup[] {
  return here(script.groups, call, script).filter(({ service }) => service === "elasticache");
}

function engineOf({ engine = "valkey" }: { readonly engine?: string | undefined }): string {
  return engine;
}

function userXml(user: ScriptedUser, call: Call, script: Script): Xml {
  const { id, name = id, status = "active", access = "on ~* +@all", authentication = "iam" } = user;
  const groups = groupsOf(call, script).filter(({ users }) => users.includes(id));
  return {
    UserId: id,
    UserName: name,
    Status: status,
    Engine: engineOf(user),
    MinimumEngineVersion: authentication === "iam" ? "7.0" : "6.0",
    AccessString: access,
    UserGroupIds: list(groups.map((group) => group.id)),
    Authentication: { Type: authentication, PasswordCount: authentication === "password" ? 1 : undefined },
    ARN: arnOf(call, script, `user:${id}`),
  };
}

function groupXml(group: ScriptedGroup, call: Call, script: Script): Xml {
  const { id, status = "active", users, usersToAdd, usersToRemove } = group;
  const attached = (kind: ScriptedCache["kind"]) =>
    cachesOf(kind, call, script)
      .filter(({ groups = [] }) => groups.includes(id))
      .map(({ name }) => name);
  const pending = { UserIdsToRemove: list(usersToRemove), UserIdsToAdd: list(usersToAdd) };
  return {
    UserGroupId: id,
    Status: status,
    Engine: engineOf(group),
    UserIds: list(users),
    MinimumEngineVersion: "7.0",
    PendingChanges: usersToAdd || usersToRemove ? pending : undefined,
    ReplicationGroups: list(attached("replication-group")),
    ServerlessCaches: list(attached("serverless-cache")),
    ARN: arnOf(call, script, `usergroup:${id}`),
  };
}
