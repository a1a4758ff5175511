import { type Answer, errorAnswer, jsonAnswer, type Reply } from "./answers.ts";
import type { Call } from "./call.ts";
import { pageOf } from "./pages.ts";
import { arnOf, here, tagsOf } from "./records.ts";
import type { Script, ScriptedCache, ScriptedEndpoint, ScriptedGroup, ScriptedUser } from "./script.ts";

export const memoryDbActions: Readonly<Record<string, Answer>> = {
  DescribeClusters(call, script) {
    return described(call, script, clustersOf(call, script), {
      by: "ClusterName",
      id: ({ name }) => name,
      missing: (id) => ["ClusterNotFoundFault", `Cluster not found: ${id}`],
      write: (cache) => clusterRecord(cache, call, script),
      into: "Clusters",
    });
  },

  DescribeUsers(call, script) {
    const users = here(script.users, call, script).filter(({ service }) => service === "memorydb");
    return described(call, script, users, {
      by: "UserName",
      id: ({ id }) => id,
      missing: (id) => ["UserNotFoundFault", `User not found: ${id}`],
      write: (user) => userRecord(user, call, script),
      into: "Users",
    });
  },

  ListTags(call, script) {
    const arn = call.parameters["ResourceArn"] ?? "";
    const isUser = arn.includes(":user/");
    const names = isUser
      ? here(script.users, call, script).flatMap(({ service, id }) => (service === "memorydb" ? [`user/${id}`] : []))
      : clustersOf(call, script).map(({ name }) => `cluster/${name}`);
    if (!names.some((resource) => arnOf(call, script, resource) === arn)) {
      return errorAnswer(call, 400, isUser ? "UserNotFoundFault" : "ClusterNotFoundFault", `Not found: ${arn}`);
    }
    return jsonAnswer({ TagList: tagsOf(arn, script) });
  },

  DescribeACLs(call, script) {
    return described(call, script, aclsOf(call, script), {
      by: "ACLName",
      id: ({ id }) => id,
      missing: (id) => ["ACLNotFoundFault", `ACL not found: ${id}`],
      write: (acl) => aclRecord(acl, call, script),
      into: "ACLs",
    });
  },
};

interface Description<T> {
  /** The parameter that asks for one. */
  readonly by: string;
  id(record: T): string;
  /** Code and message. */
  missing(id: string): readonly [string, string];
  write(record: T): object;
  readonly into: string;
}

/** One that is named, or all of them, page by page. */
function described<T>(call: Call, script: Script, records: readonly T[], what: Description<T>): Reply {
  const filters = Object.keys(call.parameters).find((name) => name.startsWith("Filters"));
  if (filters) return errorAnswer(call, 400, "InvalidParameterValueException", `The script knows no ${filters}.`);
  const wanted = call.parameters[what.by];
  const found = records.filter((record) => wanted === undefined || what.id(record) === wanted.toLowerCase());
  if (wanted !== undefined && found.length === 0) return errorAnswer(call, 400, ...what.missing(wanted));
  const { records: page, next } = pageOf(found, call, script);
  return jsonAnswer({ [what.into]: page.map(what.write), NextToken: next });
}

function clustersOf(call: Call, script: Script): readonly ScriptedCache[] {
  return here(script.caches, call, script).filter(({ kind }) => kind === "memorydb-cluster");
}

function aclsOf(call: Call, script: Script): readonly ScriptedGroup[] {
  return here(script.groups, call, script).filter(({ service }) => service === "memorydb");
}

function clusterRecord(cache: ScriptedCache, call: Call, script: Script): object {
  const { name, status = "available", engine, version = "7.1", tls = "required", endpoint, nodes, groups } = cache;
  const [toApply] = cache.groupsToAdd ?? [];
  const shard = {
    Name: "0001",
    Status: status,
    Slots: "0-16383",
    NumberOfNodes: nodes?.length ?? 1,
    Nodes: (nodes ?? []).map((node, index) => ({
      Name: `${name}-0001-${String(index + 1).padStart(3, "0")}`,
      Status: "available",
      AvailabilityZone: `${call.region}a`,
      Endpoint: endpointRecord(node),
    })),
  };
  return {
    Name: name,
    Status: status,
    PendingUpdates: toApply === undefined ? undefined : { ACLs: { ACLToApply: toApply } },
    NumberOfShards: 1,
    Shards: call.parameters["ShowShardDetails"] === "true" ? [shard] : undefined,
    ClusterEndpoint: endpointRecord(endpoint),
    NodeType: "db.t4g.small",
    Engine: engine ?? "valkey",
    EngineVersion: version.split(".").slice(0, 2).join("."),
    EnginePatchVersion: version,
    TLSEnabled: tls !== "off",
    ARN: arnOf(call, script, `cluster/${name}`),
    ACLName: groups?.[0],
  };
}

function userRecord(user: ScriptedUser, call: Call, script: Script): object {
  const { id, status = "active", access = "on ~* +@all", authentication = "iam" } = user;
  return {
    Name: id,
    Status: status,
    AccessString: access,
    ACLNames: aclsOf(call, script)
      .filter(({ users }) => users.includes(id))
      .map((acl) => acl.id),
    MinimumEngineVersion: authentication === "iam" ? "7.0" : "6.2",
    Authentication: { Type: authentication, PasswordCount: authentication === "password" ? 1 : undefined },
    ARN: arnOf(call, script, `user/${id}`),
  };
}

function aclRecord(acl: ScriptedGroup, call: Call, script: Script): object {
  const { id, status = "active", users, usersToAdd, usersToRemove } = acl;
  const pending = { UserNamesToRemove: usersToRemove ?? [], UserNamesToAdd: usersToAdd ?? [] };
  return {
    Name: id,
    Status: status,
    UserNames: users,
    MinimumEngineVersion: "7.0",
    PendingChanges: usersToAdd || usersToRemove ? pending : undefined,
    Clusters: clustersOf(call, script)
      .filter(({ groups = [] }) => groups.includes(id))
      .map(({ name }) => name),
    ARN: arnOf(call, script, `acl/${id}`),
  };
}

function endpointRecord(endpoint: ScriptedEndpoint | undefined): object | undefined {
  return endpoint && { Address: endpoint.host, Port: endpoint.port };
}
