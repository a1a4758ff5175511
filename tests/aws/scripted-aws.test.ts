/** The AWS of the tests, read by the SDK's own clients. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  DescribeCacheClustersCommand,
  DescribeReplicationGroupsCommand,
  DescribeServerlessCachesCommand,
  DescribeUserGroupsCommand,
  DescribeUsersCommand,
  ElastiCacheClient,
  ListTagsForResourceCommand,
  paginateDescribeUsers,
} from "@aws-sdk/client-elasticache";
import { GetRoleCommand, IAMClient, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import {
  DescribeACLsCommand,
  DescribeClustersCommand,
  DescribeUsersCommand as DescribeMemoryDbUsersCommand,
  ListTagsCommand,
  MemoryDBClient,
} from "@aws-sdk/client-memorydb";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Failure } from "../fakes/scripted-aws/failures.ts";
import { goodScript } from "../fakes/scripted-aws/sample.ts";
import type { Script, ScriptedContext } from "../fakes/scripted-aws/script.ts";
import { type ScriptedAws, withScriptedAws } from "../fakes/scripted-aws/server.ts";

interface Clients {
  readonly sts: STSClient;
  readonly iam: IAMClient;
  readonly elasticache: ElastiCacheClient;
  readonly memorydb: MemoryDBClient;
}

/** Clients of the SDK at a scripted AWS, in a region. */
function asking<T>(
  script: Partial<Script>,
  use: (clients: Clients, aws: ScriptedAws) => Promise<T>,
  region = "us-east-1",
): Promise<T> {
  return withScriptedAws({ ...goodScript, ...script }, async (aws) => {
    const config = {
      endpoint: aws.url,
      region,
      maxAttempts: 1,
      credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" },
    };
    const clients = {
      sts: new STSClient(config),
      iam: new IAMClient(config),
      elasticache: new ElastiCacheClient(config),
      memorydb: new MemoryDBClient(config),
    };
    try {
      return await use(clients, aws);
    } finally {
      for (const client of Object.values(clients)) client.destroy();
    }
  });
}

test("scripted AWS: it says that it is a fake, and tells its time", async () => {
  await withScriptedAws(
    { ...goodScript, clockAheadMs: 600_000 },
    async ({ url }) => {
      const response = await fetch(url);
      const { headers } = response;
      await response.text();
      assert.match(headers.get("server") ?? "", /fake/);
      assert.equal(headers.get("date"), "Fri, 31 Jan 2025 12:10:00 GMT");
    },
    () => new Date("2025-01-31T12:00:00Z"),
  );
});

test("scripted AWS: STS tells who asks", () =>
  asking({}, async ({ sts }) => {
    const { Arn, Account, UserId } = await sts.send(new GetCallerIdentityCommand({}));
    const { arn, account, userId } = goodScript.caller;
    assert.deepEqual([Arn, Account, UserId], [arn, account, userId]);
  }));

test("scripted AWS: IAM tells the path and the boundary of a role", () =>
  asking({ roles: [{ name: "app", path: "/service/", boundary }] }, async ({ iam }) => {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: "app" }));
    assert.equal(Role?.Arn, role);
    assert.equal(Role?.PermissionsBoundary?.PermissionsBoundaryArn, boundary);
  }));

const boundary = "arn:aws:iam::123456789012:policy/limit";
const role = "arn:aws:iam::123456789012:role/service/app";
const [cacheArn, userArn] = Object.keys(goodScript.simulated ?? {}) as [string, string];
const connect = { PolicySourceArn: role, ActionNames: ["elasticache:Connect"], ResourceArns: [cacheArn, userArn] };
const denied = {
  decision: "explicitDeny",
  policies: ["guard"],
  missingKeys: ["aws:SourceIp"],
  allowedByBoundary: false,
  allowedByOrganisation: true,
} as const;

test("scripted AWS: a simulation has a result for each resource", () =>
  asking({ simulated: { ...goodScript.simulated, [userArn]: denied }, pageSize: 1 }, async ({ iam }) => {
    const first = await iam.send(new SimulatePrincipalPolicyCommand(connect));
    assert.equal(first.IsTruncated, true);
    const { Marker } = first;
    const second = await iam.send(new SimulatePrincipalPolicyCommand({ ...connect, Marker }));
    assert.deepEqual([first.EvaluationResults?.length, second.EvaluationResults?.length], [1, 1]);
    assert.equal(first.EvaluationResults?.[0]?.EvalDecision, "allowed");
    const result = second.EvaluationResults?.[0];
    assert.equal(result?.EvalResourceName, userArn);
    assert.equal(result?.EvalDecision, "explicitDeny");
    assert.equal(result?.MatchedStatements?.[0]?.SourcePolicyId, "guard");
    assert.deepEqual(result?.MissingContextValues, ["aws:SourceIp"]);
    assert.equal(result?.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary, false);
    assert.equal(result?.OrganizationsDecisionDetail?.AllowedByOrganizations, true);
  }));

test("scripted AWS: or one result, with the resources within", () =>
  asking({ simulated: { [userArn]: denied }, simulatedForm: "within-one" }, async ({ iam }) => {
    const { EvaluationResults = [] } = await iam.send(new SimulatePrincipalPolicyCommand(connect));
    assert.deepEqual(
      EvaluationResults.map(({ EvalDecision }) => EvalDecision),
      ["explicitDeny"],
    );
    const within = EvaluationResults[0]?.ResourceSpecificResults?.map((one) => [
      one.EvalResourceName,
      one.EvalResourceDecision,
    ]);
    assert.deepEqual(within, [
      [cacheArn, "implicitDeny"],
      [userArn, "explicitDeny"],
    ]);
  }));

test("scripted AWS: a decision may depend on the context that is handed in", () => {
  const byTag = ({ "aws:ResourceTag/team": team = [] }: ScriptedContext) =>
    team.includes("blue") ? ({ decision: "allowed" } as const) : denied;
  return asking({ simulated: { [cacheArn]: byTag } }, async ({ iam }) => {
    const ContextKeyValues = ["red", "blue"];
    const ContextEntries = [
      { ContextKeyName: "aws:ResourceTag/team", ContextKeyValues, ContextKeyType: "stringList" as const },
    ];
    for (const [more, decision] of [
      [{}, "explicitDeny"],
      [{ ContextEntries }, "allowed"],
    ] as const) {
      const { EvaluationResults = [] } = await iam.send(new SimulatePrincipalPolicyCommand({ ...connect, ...more }));
      assert.equal(EvaluationResults[0]?.EvalDecision, decision);
    }
  });
});

test("scripted AWS: the tags of caches and users, and of nothing else", () => {
  const memoryDb = "arn:aws:memorydb:us-east-1:123456789012:";
  const cluster = `${memoryDb}cluster/my-cluster`;
  const tags = { [userArn]: { team: "blue", "a:b": "<&>" }, [cluster]: { team: "red" } };
  return asking({ tags }, async ({ elasticache, memorydb }) => {
    const of = (ResourceName: string) => elasticache.send(new ListTagsForResourceCommand({ ResourceName }));
    const ofMemoryDb = (ResourceArn: string) => memorydb.send(new ListTagsCommand({ ResourceArn }));
    assert.deepEqual((await of(userArn)).TagList, [
      { Key: "team", Value: "blue" },
      { Key: "a:b", Value: "<&>" },
    ]);
    assert.deepEqual((await of(cacheArn)).TagList ?? [], []);
    assert.deepEqual((await ofMemoryDb(cluster)).TagList, [{ Key: "team", Value: "red" }]);
    assert.deepEqual((await ofMemoryDb(`${memoryDb}user/my-user`)).TagList, []);
    await assert.rejects(of(`${cacheArn}-2`), { name: "ReplicationGroupNotFoundFault" });
    await assert.rejects(of(`${userArn}-2`), { name: "UserNotFoundFault" });
    await assert.rejects(ofMemoryDb(`${cluster}-2`), { name: "ClusterNotFoundFault" });
  });
});

test("scripted AWS: a session's ARN is nobody to simulate", () =>
  asking({}, async ({ iam }) => {
    const asked = iam.send(new SimulatePrincipalPolicyCommand({ ...connect, PolicySourceArn: goodScript.caller.arn }));
    await assert.rejects(asked, { name: "NoSuchEntityException" });
  }));

test("scripted AWS: a replication group, and the cache clusters that tell its version", () =>
  asking({}, async ({ elasticache }) => {
    const asked = new DescribeReplicationGroupsCommand({ ReplicationGroupId: "my-cache" });
    const group = (await elasticache.send(asked)).ReplicationGroups?.[0];
    assert.equal(group?.Status, "available");
    assert.equal(group?.TransitEncryptionMode, "required");
    assert.deepEqual(group?.UserGroupIds, ["my-group"]);
    assert.deepEqual(group?.NodeGroups?.[0]?.PrimaryEndpoint, {
      Address: "master.my-cache.abc123.use1.cache.amazonaws.com",
      Port: 6379,
    });
    const [CacheClusterId] = group?.MemberClusters ?? [];
    const node = await elasticache.send(new DescribeCacheClustersCommand({ CacheClusterId, ShowCacheNodeInfo: true }));
    assert.equal(node.CacheClusters?.[0]?.EngineVersion, "8.0.1");
    assert.equal(node.CacheClusters?.[0]?.CacheNodes?.[0]?.Endpoint?.Port, 6379);
  }));

test("scripted AWS: a cluster has a configuration endpoint, and its groups may be on their way", () => {
  const cluster = {
    kind: "replication-group",
    name: "my-cache",
    clusterMode: true,
    endpoint: { host: "clustercfg.my-cache.abc123.use1.cache.amazonaws.com", port: 6379 },
    nodes: [
      { host: "my-cache-0001-001.my-cache.abc123.use1.cache.amazonaws.com", port: 6379 },
      { host: "my-cache-0001-002.my-cache.abc123.use1.cache.amazonaws.com", port: 6379 },
    ],
    tls: "off",
    groupsToAdd: ["my-group"],
  } as const;
  return asking({ caches: [cluster] }, async ({ elasticache }) => {
    const group = (await elasticache.send(new DescribeReplicationGroupsCommand({}))).ReplicationGroups?.[0];
    assert.equal(group?.ConfigurationEndpoint?.Address, cluster.endpoint.host);
    assert.equal(group?.NodeGroups?.[0]?.PrimaryEndpoint, undefined);
    assert.deepEqual(group?.MemberClusters, ["my-cache-0001-001", "my-cache-0001-002"]);
    assert.equal(group?.TransitEncryptionEnabled, false);
    assert.deepEqual(group?.PendingModifiedValues?.UserGroups?.UserGroupIdsToAdd, ["my-group"]);
  });
});

test("scripted AWS: a serverless cache", () =>
  asking({}, async ({ elasticache }) => {
    const { ServerlessCaches } = await elasticache.send(new DescribeServerlessCachesCommand({}));
    const [cache] = ServerlessCaches ?? [];
    assert.deepEqual(
      [cache?.MajorEngineVersion, cache?.FullEngineVersion, cache?.UserGroupId, cache?.ReaderEndpoint?.Port],
      ["8", "8.0", "my-group", 6380],
    );
  }));

test("scripted AWS: users page by page, and their groups", () =>
  asking({ pageSize: 1 }, async ({ elasticache }, aws) => {
    const users = [];
    for await (const { Users = [] } of paginateDescribeUsers({ client: elasticache }, {})) users.push(...Users);
    assert.deepEqual(
      users.map(({ UserId, Authentication }) => `${UserId} ${Authentication?.Type}`),
      ["my-user iam", "default no-password"],
    );
    assert.deepEqual(aws.actions, ["elasticache:DescribeUsers", "elasticache:DescribeUsers"]);
    assert.equal(aws.calls[1]?.parameters["Marker"], "after-1");
    const { UserGroups } = await elasticache.send(new DescribeUserGroupsCommand({ UserGroupId: "my-group" }));
    assert.deepEqual(UserGroups?.[0]?.UserIds, ["default", "my-user"]);
    assert.deepEqual(UserGroups?.[0]?.ReplicationGroups, ["my-cache"]);
    assert.deepEqual(UserGroups?.[0]?.ServerlessCaches, ["my-serverless"]);
  }));

test("scripted AWS: MemoryDB's clusters, users and ACLs", () =>
  asking({}, async ({ memorydb }, aws) => {
    const asked = new DescribeClustersCommand({ ClusterName: "my-cluster", ShowShardDetails: true });
    const cluster = (await memorydb.send(asked)).Clusters?.[0];
    assert.equal(cluster?.TLSEnabled, true);
    assert.equal(cluster?.ACLName, "my-acl");
    assert.equal(cluster?.EnginePatchVersion, "7.1");
    const { ACLs } = await memorydb.send(new DescribeACLsCommand({ ACLName: "my-acl" }));
    assert.deepEqual(ACLs?.[0]?.Clusters, ["my-cluster"]);
    const { Users } = await memorydb.send(new DescribeMemoryDbUsersCommand({}));
    assert.equal(Users?.[0]?.Authentication?.Type, "iam");
    assert.deepEqual(aws.calls[0]?.parameters, { ClusterName: "my-cluster", ShowShardDetails: "true" });
  }));

const notThere: readonly (readonly [code: string, ask: (clients: Clients) => Promise<unknown>])[] = [
  [
    "ReplicationGroupNotFoundFault",
    ({ elasticache }) => elasticache.send(new DescribeReplicationGroupsCommand({ ReplicationGroupId: "my-cache" })),
  ],
  [
    "CacheClusterNotFoundFault",
    ({ elasticache }) => elasticache.send(new DescribeCacheClustersCommand({ CacheClusterId: "my-cache-001" })),
  ],
  [
    "ServerlessCacheNotFoundFault",
    ({ elasticache }) =>
      elasticache.send(new DescribeServerlessCachesCommand({ ServerlessCacheName: "my-serverless" })),
  ],
  ["UserNotFoundFault", ({ elasticache }) => elasticache.send(new DescribeUsersCommand({ UserId: "my-user" }))],
  [
    "UserGroupNotFoundFault",
    ({ elasticache }) => elasticache.send(new DescribeUserGroupsCommand({ UserGroupId: "my-group" })),
  ],
  ["ClusterNotFoundFault", ({ memorydb }) => memorydb.send(new DescribeClustersCommand({ ClusterName: "my-cluster" }))],
  ["UserNotFoundFault", ({ memorydb }) => memorydb.send(new DescribeMemoryDbUsersCommand({ UserName: "my-user" }))],
  ["ACLNotFoundFault", ({ memorydb }) => memorydb.send(new DescribeACLsCommand({ ACLName: "my-acl" }))],
];

for (const [index, [code, ask]] of notThere.entries()) {
  test(`scripted AWS: in another region, ${code} (${index + 1})`, () =>
    asking({}, (clients) => assert.rejects(ask(clients), { name: code }), "eu-west-1"));
}

test("scripted AWS: another account has records of its own", () => {
  const other = { ...goodScript.caller, account: "210987654321" };
  return asking({ otherCallers: { AKIAIOSFODNN7EXAMPLE: other } }, async ({ sts, elasticache }) => {
    assert.equal((await sts.send(new GetCallerIdentityCommand({}))).Account, "210987654321");
    assert.deepEqual((await elasticache.send(new DescribeUsersCommand({}))).Users, []);
  });
});

/** What the SDK makes of a failure, of a query service and of a JSON one. */
const failures: readonly (readonly [Failure, query: RegExp, json: RegExp])[] = [
  [
    "denied",
    /^AccessDenied: .*assumed-role\/app.*elasticache:DescribeUsers/,
    /^AccessDeniedException: .*memorydb:Desc/,
  ],
  ["throttled", /^Throttling: Rate exceeded/, /^ThrottlingException: Rate exceeded/],
  ["expired", /^ExpiredToken: /, /^ExpiredTokenException: /],
  ["unknown-key", /^InvalidClientTokenId: /, /^UnrecognizedClientException: /],
  ["bad-signature", /^SignatureDoesNotMatch: /, /^InvalidSignatureException: /],
  ["broken", /^InternalFailure: /, /^InternalFailure: /],
  ["portal", /Error: /, /Error: /],
  [{ status: 403, code: "UnauthorizedOperation", message: "no" }, /^UnauthorizedOperation: no/, /^Unau.*: no/],
];

for (const [failure, query, json] of failures) {
  const name = typeof failure === "string" ? failure : "a code of the test's";
  test(`scripted AWS: ${name}`, () =>
    asking({ failures: { "*": failure } }, async ({ elasticache, memorydb }, aws) => {
      await assert.rejects(elasticache.send(new DescribeUsersCommand({})), (error) => query.test(String(error)));
      await assert.rejects(memorydb.send(new DescribeMemoryDbUsersCommand({})), (error) => json.test(String(error)));
      assert.deepEqual(aws.actions, ["elasticache:DescribeUsers", "memorydb:DescribeUsers"]);
    }));
}

test("scripted AWS: silent until it is given up", () =>
  asking({ failures: { "elasticache:*": "silent" } }, async ({ elasticache }, { calls }) => {
    const given = new AbortController();
    const asked = elasticache.send(new DescribeUsersCommand({}), { abortSignal: given.signal });
    while (calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    given.abort();
    await assert.rejects(asked);
  }));

test("scripted AWS: a failure that passes", () =>
  asking({ failures: { "elasticache:DescribeUsers": { failure: "throttled", times: 1 } } }, async ({ elasticache }) => {
    await assert.rejects(elasticache.send(new DescribeUsersCommand({})), { name: "Throttling" });
    assert.equal((await elasticache.send(new DescribeUsersCommand({}))).Users?.length, 2);
  }));

for (const [ahead, says] of [
  [20 * 60_000, /^Signature expired: \d{8}T\d{6}Z is now earlier than/],
  [-10 * 60_000, /^Signature not yet current: /],
  [4 * 60_000, null],
] as const) {
  test(`scripted AWS: ${ahead / 60_000} minutes ahead`, () =>
    asking({ clockAheadMs: ahead, refusesSkew: true }, async ({ sts }) => {
      const asked = sts.send(new GetCallerIdentityCommand({}));
      if (says) await assert.rejects(asked, { name: "SignatureDoesNotMatch", message: says });
      else await asked;
    }));
}
