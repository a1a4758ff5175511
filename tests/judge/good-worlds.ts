/** For each kind a world in which the user my-user logs in with a token of its first key, and nothing is to be said of it. */
import { type Judgement, judge } from "../../src/judge/judge.ts";
import type { Key, World } from "../../src/judge/world.ts";
import { connectAction, connectArns } from "../../src/policy/connect-arns.ts";
import type { PolicyDocument } from "../../src/policy/document.ts";
import { type Kind, kinds } from "../../src/target/kinds.ts";
import { policy, type StatementText } from "../policy/sample.ts";
import { at, hash, login, signed } from "./sample.ts";

const accountId = "123456789012";
const region = "us-east-1";

const hosts: Readonly<Record<Kind, readonly [whole: string, ...others: string[]]>> = {
  "replication-group": [
    "master.my-cache.abc123.use1.cache.amazonaws.com",
    "replica.my-cache.abc123.use1.cache.amazonaws.com",
  ],
  "serverless-cache": ["my-cache-abc123.serverless.use1.cache.amazonaws.com"],
  "memorydb-cluster": ["clustercfg.my-cache.abc123.memorydb.us-east-1.amazonaws.com"],
};

export function goodWorld(kind: Kind): World {
  const [host, ...others] = hosts[kind];
  const endpoint = { host, port: 6379 };
  const isMemoryDb = kind === "memorydb-cluster";
  const target = { service: kinds[kind].service, kind, name: "my-cache", region, endpoint, accountId };
  return {
    target,
    cache: {
      status: "available",
      engine: "valkey",
      version: { "replication-group": "8.0.1", "serverless-cache": "8.0", "memorydb-cluster": "7.2" }[kind],
      tls: "required",
      endpoints: [endpoint, ...others.map((other) => ({ host: other, port: 6379 }))],
    },
    groups: [
      {
        id: "my-group",
        users: isMemoryDb ? ["my-user"] : ["default", "my-user"],
        attached: true,
        status: "active",
        ...(isMemoryDb ? {} : { engine: "valkey" }),
      },
      { id: "spare", users: ["spare-user"], attached: false, status: "active" },
    ],
    users: [
      { id: "my-user", name: "my-user", authentication: "iam", enabled: true, access: "on ~* +@all", status: "active" },
      { id: "default", name: "default", authentication: "no-password", enabled: true, access: "off ~* -@all" },
      { id: "spare-user", name: "spare-user", authentication: "password", enabled: true, access: "on ~* +@all" },
    ],
    keys: [{ ...ownKey, policies: [allowing(kind)] }],
  };
}

const ownKey: Omit<Key, "policies"> = {
  accessKeyId: "ASIAIOSFODNN7EXAMPLE",
  secretAccessKey: "another/secret+of/forty/characters/123456",
  sessionToken: "IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJIMEYCIQDx+abc/def==",
  expiresAt: null,
  active: true,
};

/** What the policies of the kind name: the action and both ARNs. */
export function connecting(kind: Kind, user = "my-user") {
  const arns = connectArns({ kind, name: "my-cache", region }, user, accountId);
  return { action: connectAction(kind), ...arns };
}

/** A policy that allows connecting on both ARNs, or as the changes say. */
export function allowing(kind: Kind, changes: StatementText = {}): PolicyDocument {
  const { action, cache, user } = connecting(kind);
  return policy({ Action: action, Resource: [cache, user], ...changes });
}

/** The login of a user to such a world with a token that its first key has signed half a minute ago. */
export async function judgedIn(world: World, user = "my-user"): Promise<Judgement> {
  const { target, keys } = world;
  const [key] = keys;
  if (!key) throw new Error("no key");
  const { service, region: of, name } = target;
  const token = await signed({ key, service, region: of, name, user, resourceType: kinds[target.kind].resourceType });
  return judge(login(token, user), world, at, hash);
}
