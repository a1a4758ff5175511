/** The AWS of the tests, read by botocore (PyPI), which parses by AWS's own service models. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import { goodScript } from "../fakes/scripted-aws/sample.ts";
import { withScriptedAws } from "../fakes/scripted-aws/server.ts";
import { venv } from "./witness.ts";

const python = venv("botocore", ["botocore==1.44.5"]);

/** Prints one JSON object: what each call gave, less its metadata, or the code of its error. */
const ask = `
import json, sys
import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError
url, calls = sys.argv[1], json.load(sys.stdin)
session = botocore.session.Session()
session.set_credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
def client(service):
    return session.create_client(service, region_name="us-east-1", endpoint_url=url,
                                 config=Config(retries={"total_max_attempts": 1}))
answers = []
for service, operation, parameters in calls:
    try:
        answer = client(service)._make_api_call(operation, parameters)
        answer.pop("ResponseMetadata")
        answers.append(answer)
    except ClientError as error:
        answers.append(error.response["Error"]["Code"])
json.dump(answers, sys.stdout, default=str)
`;

type Asked = readonly [service: string, operation: string, parameters: object];

function asking(script: typeof goodScript, calls: readonly Asked[]): Promise<unknown[]> {
  return withScriptedAws(script, async ({ url }) => {
    const child = spawn(python ?? "", ["-c", ask, url], { stdio: ["pipe", "pipe", "inherit"] });
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
    });
    child.stdin.end(JSON.stringify(calls));
    await new Promise((resolve) => child.on("close", resolve));
    return JSON.parse(out) as unknown[];
  });
}

const cacheArn = "arn:aws:elasticache:us-east-1:123456789012:replicationgroup:my-cache";
const clusterArn = "arn:aws:memorydb:us-east-1:123456789012:cluster/my-cluster";
const calls: readonly Asked[] = [
  ["sts", "GetCallerIdentity", {}],
  ["iam", "GetRole", { RoleName: "app" }],
  [
    "iam",
    "SimulatePrincipalPolicy",
    {
      PolicySourceArn: "arn:aws:iam::123456789012:role/service/app",
      ActionNames: ["elasticache:Connect"],
      ResourceArns: [cacheArn],
    },
  ],
  ["elasticache", "DescribeReplicationGroups", { ReplicationGroupId: "my-cache" }],
  ["elasticache", "DescribeCacheClusters", { CacheClusterId: "my-cache-001", ShowCacheNodeInfo: true }],
  ["elasticache", "DescribeServerlessCaches", { ServerlessCacheName: "my-serverless" }],
  ["elasticache", "DescribeUsers", {}],
  ["elasticache", "DescribeUserGroups", { UserGroupId: "my-group" }],
  ["elasticache", "ListTagsForResource", { ResourceName: cacheArn }],
  ["memorydb", "DescribeClusters", { ClusterName: "my-cluster", ShowShardDetails: true }],
  ["memorydb", "DescribeUsers", { UserName: "my-user" }],
  ["memorydb", "DescribeACLs", { ACLName: "my-acl" }],
  ["memorydb", "ListTags", { ResourceArn: clusterArn }],
];

if (python) {
  test("interop: botocore reads every answer of the scripted AWS", async () => {
    const tags = { [cacheArn]: { team: "blue" }, [clusterArn]: { team: "red" } };
    const answers = await asking({ ...goodScript, tags }, calls);
    assert.deepEqual(
      answers.filter((answer) => typeof answer === "string"),
      [],
    );
    const text = JSON.stringify(answers);
    for (const told of [
      `"Account": "123456789012"`,
      `"Path": "/service/"`,
      `"EvalDecision": "allowed"`,
      `"UserGroupIds": ["my-group"]`,
      `"TransitEncryptionMode": "required"`,
      `"EngineVersion": "8.0.1"`,
      `"Address": "my-serverless-abc123.serverless.use1.cache.amazonaws.com"`,
      `"FullEngineVersion": "8.0"`,
      `"Authentication": {"Type": "iam"}`,
      `"UserIds": ["default", "my-user"]`,
      `"ReplicationGroups": ["my-cache"]`,
      `"ACLName": "my-acl"`,
      `"ACLNames": ["my-acl"]`,
      `"Clusters": ["my-cluster"]`,
      `"TagList": [{"Key": "team", "Value": "blue"}]`,
      `"TagList": [{"Key": "team", "Value": "red"}]`,
    ]) {
      assert.ok(text.includes(told.replaceAll(": ", ":").replaceAll(", ", ",")), told);
    }
  });

  test("interop: and the codes of its errors", async () => {
    const empty = { ...goodScript, caches: [], users: [], groups: [], roles: [] };
    assert.deepEqual(await asking(empty, calls.slice(1)), [
      "NoSuchEntity",
      "NoSuchEntity",
      "ReplicationGroupNotFoundFault",
      "CacheClusterNotFound",
      "ServerlessCacheNotFoundFault",
      { Users: [] },
      "UserGroupNotFound",
      "ReplicationGroupNotFoundFault",
      "ClusterNotFoundFault",
      "UserNotFoundFault",
      "ACLNotFoundFault",
      "ClusterNotFoundFault",
    ]);
    const codes = await asking({ ...goodScript, failures: { "*": "denied" } }, calls);
    assert.deepEqual([...new Set(codes)], ["AccessDenied", "AccessDeniedException"]);
  });
}
