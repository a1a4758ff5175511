import { type Kind, kinds } from "../../../src/target/kinds.ts";
import { policy, type StatementText } from "../../policy/sample.ts";
import { allowing, connecting } from "../good-worlds.ts";
import type { Situation } from "../situations.ts";
import { key, refused, warned } from "./make.ts";

type Arns = ReturnType<typeof connecting>;

/** Who signs has a policy of one statement, which differs so from the good one. */
const statement = (changes: (arns: Arns, kind: Kind) => StatementText) =>
  key(({ target: { kind } }) => ({ policies: [allowing(kind, changes(connecting(kind), kind))] }));

/** The policy that there is, and a second one. */
const besides = (changes: (arns: Arns) => StatementText) =>
  key(({ target: { kind } }) => {
    const arns = connecting(kind);
    return { policies: [allowing(kind), policy({ Action: arns.action, ...changes(arns) })] };
  });

const added =
  /put-role-policy --role-name \S+ --policy-name \S+ --policy-document '\{"Version":"2012-10-17","Statement":\[\{"Effect":"Allow","Action":"(elasticache|memorydb):Connect","Resource":\["arn:.*my-cache","arn:.*my-user"\]\}\]\}'`/;
const userDenied = refused("policy-user-denied", added, "likely");
const cacheDenied = refused("policy-cache-denied", added, "likely");
const unallowed = refused("policy-action", added, "likely");

export const policySituations: readonly Situation[] = [
  {
    name: "only the cache is allowed",
    change: statement(({ cache }) => ({ Resource: cache })),
    cause: refused("policy-user-denied", /Add "arn:.*user.my-user" to the Resource/),
    byRecords: userDenied,
  },
  {
    name: "only the user is allowed",
    change: statement(({ user }) => ({ Resource: user })),
    cause: refused("policy-cache-denied", /Add "arn:.*my-cache" to the Resource/),
    byRecords: cacheDenied,
  },
  {
    name: "no policy",
    change: key({ policies: [] }),
    cause: refused("policy-action", /Allow "(elasticache|memorydb):Connect" on/),
    byRecords: unallowed,
  },
  {
    name: "rights to describe alone",
    change: statement((_, kind) => ({ Action: `${kinds[kind].service}:Describe*` })),
    cause: refused("policy-action", /Allow "(elasticache|memorydb):Connect" on/),
    byRecords: unallowed,
  },
  {
    name: "the action of the other service",
    change: statement((_, kind) => ({
      Action: kind === "memorydb-cluster" ? "elasticache:Connect" : "memorydb:Connect",
    })),
    cause: refused("policy-action", /Allow "(elasticache|memorydb):Connect" on/),
    byRecords: unallowed,
  },
  {
    name: "the ARN of another user",
    change: statement(({ cache, user }) => ({ Resource: [cache, user.replace("my-user", "other-user")] })),
    cause: refused("policy-user-denied", /my-user/),
    byRecords: userDenied,
  },
  {
    name: "the ARN of another region",
    change: statement(({ cache, user }) => ({ Resource: [cache.replace("us-east-1", "eu-west-1"), user] })),
    cause: refused("policy-cache-denied", /Write "arn:aws:(elasticache|memorydb):us-east-1:.*my-cache" there/),
    byRecords: cacheDenied,
  },
  {
    name: "the ARN of another account",
    change: statement(({ cache, user }) => ({ Resource: [cache, user.replace("123456789012", "210987654321")] })),
    cause: refused("policy-user-denied", /Write "arn:.*:123456789012:user.my-user" there/),
    byRecords: userDenied,
  },
  {
    name: "the separator of the other service in the user's ARN",
    change: statement(({ cache, user }) => ({
      Resource: [cache, user.endsWith("/my-user") ? user.replace("user/", "user:") : user.replace("user:", "user/")],
    })),
    cause: refused("policy-user-denied", /Write "arn:.*user[:/]my-user" there/),
    byRecords: userDenied,
  },
  {
    name: "cluster: for the replication group",
    kinds: ["replication-group"],
    change: statement(({ cache, user }) => ({ Resource: [cache.replace("replicationgroup", "cluster"), user] })),
    cause: refused("policy-cache-denied", /Write "arn:.*replicationgroup:my-cache" there/),
    byRecords: cacheDenied,
  },
  {
    name: "replicationgroup: for the serverless cache",
    kinds: ["serverless-cache"],
    change: statement(({ cache, user }) => ({
      Resource: [cache.replace("serverlesscache", "replicationgroup"), user],
    })),
    cause: refused("policy-cache-denied", /Write "arn:.*serverlesscache:my-cache" there/),
    byRecords: cacheDenied,
  },
  {
    name: "a denial of the user",
    change: besides(({ user }) => ({ Effect: "Deny", Resource: user })),
    cause: refused("policy-explicit-deny", /Take arn:.*my-user out/),
    byRecords: refused("policy-explicit-deny", /Take it out/, "likely"),
  },
  {
    name: "a denial of everything",
    change: besides(() => ({ Effect: "Deny", Action: "*", Resource: "*" })),
    cause: refused("policy-explicit-deny", /Take arn:.*my-cache and arn:.*my-user out/),
    byRecords: refused("policy-explicit-deny", /Take both out/, "likely"),
  },
  {
    name: "a boundary without connecting",
    change: key({ boundary: [policy({ Action: "s3:*" })] }),
    cause: refused("policy-boundary", /in the policy that is the boundary/),
    byRecords: refused("policy-boundary", /Add this to the policy that is the boundary/, "likely"),
  },
  {
    name: "a boundary with the cache alone",
    change: key(({ target: { kind } }) => ({ boundary: [allowing(kind, { Resource: connecting(kind).cache })] })),
    cause: refused("policy-boundary", /in the policy that is the boundary/),
    byRecords: refused("policy-boundary", /Add this to the policy that is the boundary/, "likely"),
  },
  {
    name: "a boundary that is wide enough",
    change: key({ boundary: [policy({ Action: "*" })] }),
    cause: null,
  },
  {
    name: "an organisation that does not allow the service",
    change: key({ organisation: [policy({ Action: "s3:*" })] }),
    cause: refused("policy-organisation", /Ask who looks after the organisation/),
    byRecords: refused("policy-organisation", /Ask who looks after the organisation/, "likely"),
  },
  {
    name: "an organisation that denies the service",
    change: key(({ target: { kind } }) => ({
      organisation: [policy({ Action: "*" }, { Effect: "Deny", Action: `${kinds[kind].service}:*` })],
    })),
    cause: refused("policy-organisation", /Ask who looks after the organisation/),
    byRecords: refused("policy-organisation", /Ask who looks after the organisation/, "likely"),
  },
  {
    name: "a condition on a key that connecting does not have",
    kinds: ["replication-group"],
    change: statement(() => ({ Condition: { StringEquals: { "aws:SourceVpc": "vpc-0a1b2c3d" } } })),
    cause: refused("policy-condition-unsupported", /Take that condition out/),
    byRecords: refused("policy-cache-denied", added, "possible"),
  },
  {
    name: "a condition on an address that is another",
    kinds: ["replication-group"],
    change: key(({ target: { kind } }) => ({
      context: { "aws:SourceIp": "203.0.113.7" },
      policies: [allowing(kind, { Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } })],
    })),
    cause: refused("policy-condition-unmet", /Meet the condition/),
    byRecords: unallowed,
  },
  {
    name: "a condition on a tag that is not known",
    change: key(({ target: { kind } }) => ({
      context: null,
      policies: [allowing(kind, { Condition: { StringEquals: { "aws:ResourceTag/team": "blue" } } })],
    })),
    cause: warned("policy-condition-unknown", /tags of the cache/, "certain"),
    byRecords: cacheDenied,
  },
  {
    name: "a condition on a tag that is another",
    change: key(({ target: { kind } }) => ({
      context: { "aws:ResourceTag/team": "red" },
      policies: [allowing(kind, { Condition: { StringEquals: { "aws:ResourceTag/team": "blue" } } })],
    })),
    cause: refused("policy-condition-unmet", /Meet the condition/),
    byRecords: refused("policy-cache-denied", /^Give the .* the tag that the condition wants/, "likely"),
  },
  {
    name: "a condition on a tag that it has",
    change: key(({ target: { kind } }) => ({
      context: { "aws:ResourceTag/team": "blue" },
      policies: [allowing(kind, { Condition: { StringEquals: { "aws:ResourceTag/team": "blue" } } })],
    })),
    cause: null,
  },
  {
    name: "connecting to all of them is allowed",
    change: statement(() => ({ Resource: "*" })),
    only: "login",
    cause: warned("policy-too-wide", /Name in Resource what is needed/, "certain"),
  },
];
