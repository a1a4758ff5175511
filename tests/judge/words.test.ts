/**
 * The exact words of what judging a login finds in records and policies, in findings.txt, to be read as prose.
 * CACHEAUTH_WRITE_FINDINGS=1 writes the file anew: read it before it is kept.
 */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { World } from "../../src/judge/world.ts";
import { arns, policy } from "../policy/sample.ts";
import { judged, key, keyWith, login, signed, temporaryKey, userWith, worldWith } from "./sample.ts";

const file = join(import.meta.dirname, "findings.txt");

const memoryDb = (changes: Parameters<typeof worldWith>[0]): World =>
  worldWith({
    keys: [{ ...key, policies: null }],
    ...changes,
    target: { kind: "memorydb-cluster", service: "memorydb" },
  });
const serverless = (changes: Parameters<typeof worldWith>[0]): World =>
  worldWith({ keys: [{ ...key, policies: null }], ...changes, target: { kind: "serverless-cache" } });
const group = (users: readonly string[], attached: boolean, id = "my-group") => ({ id, users, attached });
const available = { status: "available", engine: "redis", version: "7.1", tls: "required", endpoints: [] } as const;
const [me] = userWith({}).users;
const allowing = (...resources: readonly string[]) =>
  keyWith({ policies: [policy({ Sid: "Connect", Resource: resources })] });

/** What is logged in to, and with what, one of each that has words of its own. */
const cases: readonly (readonly [what: string, World, token?: Parameters<typeof signed>[0], user?: string | null])[] = [
  ["AUTH with a password alone", userWith({}), {}, null],
  ["a key that is not known", keyWith({}), { key: { ...key, accessKeyId: "AKIAI44QH8DHBEXAMPLE" } }],
  ["no key is known", worldWith({ keys: [] })],
  ["a key that is off", keyWith({ active: false })],
  [
    "an older session token",
    keyWith({ policies: null }, temporaryKey),
    { key: { ...temporaryKey, sessionToken: "FwoGZXIvYXdzEOlder" } },
  ],
  ["credentials that are over", keyWith({ expiresAt: new Date("2025-01-31T11:00:00Z") })],
  ["credentials that end early", keyWith({ expiresAt: new Date("2025-01-31T12:05:00Z") })],
  ["a user that is not there", userWith({}), { user: "nobody" }, "nobody"],
  ["a user that is not there, MemoryDB", memoryDb({ users: [] }), { service: "memorydb" }],
  ["a user with a password", userWith({ authentication: "password" })],
  ["the user named default", userWith({}), { user: "default" }, "default"],
  [
    "a user with a password, MemoryDB",
    memoryDb({ groups: null, users: me ? [{ ...me, authentication: "password" }] : [] }),
    { service: "memorydb" },
  ],
  ["a name that is not the id", userWith({ id: "my-user-id" })],
  ["a user that is off", userWith({ enabled: false })],
  ["a user whose access string says off", userWith({ access: "off ~app:* +@read" })],
  ["a user that is being deleted", userWith({ status: "deleting" })],
  ["a cache that is being made", worldWith({ cache: { ...available, status: "creating" } })],
  ["an engine from before IAM", worldWith({ cache: { ...available, version: "6.2" } })],
  ["a cache without TLS", worldWith({ cache: { ...available, tls: "off" } })],
  ["a cache that is not there", worldWith({ cache: null })],
  ["a group that is being deleted", worldWith({ groups: [{ ...group(["my-user"], true), status: "deleting" }] })],
  [
    "a group of the other engine",
    worldWith({ cache: available, groups: [{ ...group(["my-user"], true), engine: "valkey" }] }),
  ],
  [
    "a boundary that does not allow it",
    keyWith({ boundary: [policy({ Action: "elasticache:Describe*", Resource: "*" })] }),
  ],
  ["an organisation that does not allow it", keyWith({ organisation: [policy({ Action: "s3:*", Resource: "*" })] })],
  ["in no group", worldWith({ groups: [group([], true)] })],
  ["in another group", worldWith({ groups: [group([], true), group(["my-user"], false, "other-group")] })],
  ["no group at all", worldWith({ groups: [] })],
  ["not attached", worldWith({ groups: [group(["my-user"], false)] })],
  [
    "not attached, serverless",
    serverless({ groups: [group(["my-user"], false)] }),
    { resourceType: "ServerlessCache" },
  ],
  ["in no ACL", memoryDb({ groups: [group([], true, "my-acl")] }), { service: "memorydb" }],
  ["no ACL", memoryDb({ groups: [group(["my-user"], false, "my-acl")] }), { service: "memorydb" }],
  ["no policy", keyWith({ policies: [] })],
  ["another service's action", keyWith({ policies: [policy({ Action: ["memorydb:Connect", "memorydb:Describe*"] })] })],
  ["denied", keyWith({ policies: [policy({}), policy({ Sid: "No", Effect: "Deny", Resource: arns.group.user })] })],
  ["the cache alone", allowing(arns.group.cache)],
  ["the user alone", allowing(arns.group.user)],
  ["a slash for a colon", allowing(arns.group.cache, arns.group.user.replace("user:", "user/"))],
  ["cluster for replicationgroup", allowing(arns.group.cache.replace("replicationgroup", "cluster"), arns.group.user)],
  [
    "another region and account",
    allowing(arns.group.cache, arns.group.user.replace("us-east-1:123456789012", "eu-west-1:210987654321")),
  ],
  ["another user", allowing(arns.group.cache, arns.group.user.replace("my-user", "your-user"))],
  [
    "a shape that matches nothing",
    allowing(arns.group.cache, arns.group.user, arns.group.user.replace("user:", "user/")),
  ],
  [
    "a condition that is not met",
    keyWith({
      policies: [policy({ Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } })],
      context: { "aws:SourceIp": "192.0.2.1" },
    }),
  ],
  [
    "a condition that cannot be met",
    keyWith({ policies: [policy({ Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } })] }),
  ],
  [
    "a condition on the signer",
    keyWith({
      policies: [policy({ Condition: { StringEquals: { "aws:PrincipalTag/team": "blue" } } })],
      context: null,
    }),
  ],
  ["any to any", keyWith({ policies: [policy({})] })],
];

test("judge: the words of what is found in records and policies", async () => {
  const told: string[] = [];
  for (const [what, where, token, user] of cases) {
    const { findings } = judged(login(await signed(token), user), where);
    const lines = findings.map(
      ({ rule, severity, likelihood, message, fix }) =>
        `  ${rule} (${severity}, ${likelihood})\n    ${message}\n    fix: ${fix}\n`,
    );
    told.push(`${what}\n${lines.join("")}`);
  }
  const text = told.join("\n");
  if (process.env["CACHEAUTH_WRITE_FINDINGS"] === "1") writeFileSync(file, text);
  assert.equal(text, readFileSync(file, "utf8"));
});
