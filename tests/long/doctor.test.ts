/** `doctor` over AWS's records as two stand-ins keep them that others wrote: moto and MiniStack. What each lacks is looked up elsewhere. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as elastiCache from "@aws-sdk/client-elasticache";
import * as iam from "@aws-sdk/client-iam";
import * as memoryDb from "@aws-sdk/client-memorydb";
import { deadPort } from "../app/aws-servers.ts";
import { exampleKeys, programs, run } from "../app/program.ts";
import { ministackPython, withMinistack } from "./ministack.ts";
import { motoPython, withMoto } from "./moto.ts";

interface Check {
  readonly name: string;
  readonly status: string;
  readonly detail: Record<string, unknown> | null;
  readonly findings: readonly { readonly rule: string; readonly likelihood: string; readonly message: string }[];
}

const region = "us-east-1";
const credentials = { accessKeyId: exampleKeys.AWS_ACCESS_KEY_ID, secretAccessKey: exampleKeys.AWS_SECRET_ACCESS_KEY };

/** Its checks by their names; nothing listens where it connects to. */
async function examined(
  program: (typeof programs)[number],
  url: string,
  args: readonly string[],
  keys: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, Check>>> {
  const all = ["doctor", `127.0.0.1:${await deadPort()}`, ...args, "-r", region, "--no-auth", "--json"];
  const { stdout, stderr } = await run(program, all, { env: { ...keys, AWS_ENDPOINT_URL: url } });
  assert.notEqual(stdout, "", stderr);
  return Object.fromEntries((JSON.parse(stdout).checks as Check[]).map((check) => [check.name, check]));
}

const rulesOf = (check: Check | undefined) => check?.findings.map(({ rule, likelihood }) => [rule, likelihood]);

const ministack = ministackPython();
if (ministack !== null) {
  test("doctor over MiniStack: a serverless cache with its group, and a policy with one ARN of two", () =>
    withMinistack(ministack, async (endpoint) => {
      const client = new elastiCache.ElastiCacheClient({ region, endpoint, credentials });
      // MiniStack keeps no Type=iam: what it answers is no-password.
      const AuthenticationMode = { Type: "iam" } as const;
      const user = {
        UserId: "my-user",
        UserName: "my-user",
        Engine: "valkey",
        AccessString: "on ~* +@all",
        AuthenticationMode,
      };
      await client.send(new elastiCache.CreateUserCommand(user));
      const group = { UserGroupId: "my-group", Engine: "valkey", UserIds: ["my-user"] };
      await client.send(new elastiCache.CreateUserGroupCommand(group));
      const cache = { ServerlessCacheName: "my-cache", Engine: "valkey", UserGroupId: "my-group" };
      await client.send(new elastiCache.CreateServerlessCacheCommand(cache));
      const policies = new iam.IAMClient({ region, endpoint, credentials });
      await policies.send(new iam.CreateUserCommand({ UserName: "app" }));
      const { AccessKey } = await policies.send(new iam.CreateAccessKeyCommand({ UserName: "app" }));
      const keys = {
        AWS_ACCESS_KEY_ID: AccessKey?.AccessKeyId ?? "",
        AWS_SECRET_ACCESS_KEY: AccessKey?.SecretAccessKey ?? "",
      };
      const arn = "arn:aws:elasticache:us-east-1:000000000000";
      const allow = (...resources: string[]) =>
        policies.send(
          new iam.PutUserPolicyCommand({
            UserName: "app",
            PolicyName: "connect",
            PolicyDocument: JSON.stringify({
              Version: "2012-10-17",
              Statement: [{ Effect: "Allow", Action: "elasticache:Connect", Resource: resources }],
            }),
          }),
        );
      for (const program of programs) {
        const look = () => examined(program, endpoint, ["--serverless-cache-name", "my-cache", "-u", "my-user"], keys);
        await allow(`${arn}:serverlesscache:my-cache`);
        const { credentials: who, cache: seen, user: found, policy } = await look();
        assert.deepEqual(
          [who?.status, who?.detail?.["arn"]],
          ["ok", "arn:aws:iam::000000000000:user/app"],
          program.name,
        );
        assert.deepEqual(
          [seen?.status, seen?.detail?.["version"], seen?.detail?.["groups"]],
          ["ok", "8.1", ["my-group"]],
        );
        assert.deepEqual(rulesOf(found), [["user-not-iam", "certain"]]);
        assert.deepEqual(found?.detail?.["groups"], [{ id: "my-group", attached: true }]);
        assert.deepEqual(rulesOf(policy), [["policy-user-denied", "likely"]]);
        await allow(`${arn}:serverlesscache:my-cache`, `${arn}:user:my-user`);
        assert.equal((await look())["policy"]?.status, "ok");
        const gone = await examined(program, endpoint, ["--serverless-cache-name", "gone", "-u", "my-user"], keys);
        assert.deepEqual(rulesOf(gone["cache"]), [["cache-not-found", "certain"]]);
      }
    }));
}

const moto = motoPython();
if (moto !== null) {
  test("doctor over moto: a replication group, a MemoryDB cluster, and users with IAM", () =>
    withMoto(moto, async (endpoint) => {
      const client = new elastiCache.ElastiCacheClient({ region, endpoint, credentials });
      const AuthenticationMode = { Type: "iam" } as const;
      const user = {
        UserId: "my-user",
        UserName: "my-user",
        Engine: "redis",
        AccessString: "on ~* +@all",
        AuthenticationMode,
      };
      await client.send(new elastiCache.CreateUserCommand(user));
      await client.send(
        new elastiCache.CreateReplicationGroupCommand({
          ReplicationGroupId: "my-cache",
          ReplicationGroupDescription: "mine",
          Engine: "redis",
          EngineVersion: "7.1",
          TransitEncryptionEnabled: true,
          CacheNodeType: "cache.t4g.micro",
        }),
      );
      const clusters = new memoryDb.MemoryDBClient({ region, endpoint, credentials });
      const Type = "iam" as const;
      await clusters.send(
        new memoryDb.CreateUserCommand({
          UserName: "my-user",
          AccessString: "on ~* +@all",
          AuthenticationMode: { Type },
        }),
      );
      const cluster = { ClusterName: "my-cluster", NodeType: "db.t4g.small", ACLName: "my-acl", TLSEnabled: false };
      await clusters.send(new memoryDb.CreateClusterCommand(cluster));
      for (const program of programs) {
        const group = await examined(
          program,
          endpoint,
          ["--replication-group-id", "my-cache", "-u", "my-user"],
          exampleKeys,
        );
        assert.equal(group["cache"]?.detail?.["tls"], "required", program.name);
        assert.equal(group["user"]?.detail?.["authentication"], "iam");
        // moto fails on user groups (500): that is could-not-look.
        assert.deepEqual([group["user"]?.status, rulesOf(group["user"])], ["unknown", [["could-not-look", "certain"]]]);
        const open = await examined(
          program,
          endpoint,
          ["--memorydb-cluster", "my-cluster", "-u", "my-user"],
          exampleKeys,
        );
        assert.deepEqual(rulesOf(open["cache"])?.[0], ["tls-off", "certain"]);
        assert.equal(open["user"]?.detail?.["authentication"], "iam");
        const gone = await examined(program, endpoint, ["--memorydb-cluster", "gone", "-u", "my-user"], exampleKeys);
        assert.deepEqual(rulesOf(gone["cache"]), [["cache-not-found", "certain"]]);
      }
    }));
}
