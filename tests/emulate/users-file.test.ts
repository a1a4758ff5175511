import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import * as z from "zod/mini";
import { readUsersFile } from "../../src/emulate/users-file.ts";
import { usersFile } from "../../src/emulate/users-file-schema.ts";
import { CacheauthError } from "../../src/errors.ts";
import { runs } from "../runs.ts";

const secretAccessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const key = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey };
const policy = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "elasticache:Connect", Resource: "*" }],
};

/** The code, message and hint of what a file is refused with. */
function refusal(file: unknown): readonly string[] {
  const text = typeof file === "string" ? file : JSON.stringify(file);
  try {
    readUsersFile(text, "users.json");
  } catch (error) {
    assert.ok(error instanceof CacheauthError, `${error}`);
    assert.equal(error.exitCode, 2);
    return [error.code, error.message, error.hint];
  }
  assert.fail("it was taken");
}

test("users file: a name is enough for a user, and all else has its default", () => {
  assert.deepEqual(readUsersFile('{ "users": ["app"] }'), {
    cache: null,
    users: [{ id: "app", name: "app", authentication: "iam", enabled: true, access: undefined }],
    groups: null,
    keys: null,
  });
});

test("users file: all that it may say", () => {
  const file = readUsersFile(
    JSON.stringify({
      $schema: "users.schema.json",
      cache: {
        serverlessCacheName: "My-Cache",
        region: "eu-west-1",
        accountId: "123456789012",
        status: "creating",
        engine: "valkey",
        engineVersion: "8.0",
      },
      users: [
        "app",
        { id: "batch", status: "modifying" },
        { id: "other", name: "Other", authentication: "password", enabled: false, access: "on ~* +@all" },
      ],
      groups: [
        { id: "g", users: ["app"] },
        { id: "h", users: [], attached: false, status: "deleting", engine: "valkey" },
      ],
      keys: [
        {
          ...key,
          policies: [policy],
          boundary: [policy],
          organisation: null,
          context: { "aws:SourceIp": "10.0.0.7", "aws:TagKeys": ["a", "b"] },
        },
        {
          accessKeyId: "ASIAIOSFODNN7EXAMPLE",
          secretAccessKey: "s",
          sessionToken: "t",
          expiresAt: "2030-01-31T13:00:00+01:00",
          active: false,
        },
        {
          accessKeyId: "AKIAI44QH8DHBEXAMPLE",
          secretAccessKey: "s",
          sessionToken: null,
          expiresAt: null,
          policies: null,
        },
      ],
    }),
  );
  assert.deepEqual(file.cache, {
    kind: "serverless-cache",
    name: "my-cache",
    region: "eu-west-1",
    accountId: "123456789012",
    record: { status: "creating", engine: "valkey", version: "8.0", tls: null, endpoints: [] },
  });
  assert.equal(file.users[1]?.status, "modifying");
  assert.deepEqual(file.users[2], {
    id: "other",
    name: "Other",
    authentication: "password",
    enabled: false,
    access: "on ~* +@all",
  });
  assert.deepEqual(file.groups, [
    { id: "g", users: ["app"], attached: true },
    { id: "h", users: [], attached: false, status: "deleting", engine: "valkey" },
  ]);
  const [first, second, third] = file.keys ?? [];
  assert.equal(first?.policies?.[0]?.statements[0]?.effect, "Allow");
  assert.deepEqual(first?.context, { "aws:SourceIp": "10.0.0.7", "aws:TagKeys": ["a", "b"] });
  assert.equal(second?.expiresAt?.toISOString(), "2030-01-31T12:00:00.000Z");
  assert.deepEqual([first?.boundary?.[0]?.statements[0]?.effect, first?.organisation], ["Allow", null]);
  assert.deepEqual([second?.active, second?.sessionToken, third?.policies], [false, "t", null]);
});

test("users file: each kind of cache by its field", () => {
  const kindOf = (field: string) =>
    readUsersFile(JSON.stringify({ users: ["a"], cache: { [field]: "c" } })).cache?.kind;
  assert.equal(kindOf("replicationGroupId"), "replication-group");
  assert.equal(kindOf("serverlessCacheName"), "serverless-cache");
  assert.equal(kindOf("memorydbCluster"), "memorydb-cluster");
});

test("users file: what is wrong is told with its place, and with what belongs there", () => {
  for (const [file, message, hint] of [
    ["", "users.json is no JSON: in line 1, column 1 there is nothing.", /\{ "users"/],
    ['{"users": ["a"],}', "users.json is no JSON: in line 1, column 17 there is a comma before }.", /at that place/],
    [
      '{"users": ["a"], "users": []}',
      'users.json is no JSON: in line 1, column 18 there is the name "users" for the second time in one object.',
      /at that place/,
    ],
    [[], "users.json must be an object in { }.", /least/],
    [{}, "In users.json, users must be a list in [ ].", /least/],
    [{ users: [] }, "In users.json, users must name one at least.", /least/],
    [{ users: "a" }, "In users.json, users must be a list in [ ].", /least/],
    [{ users: [7] }, "In users.json, users[0] must be a name, or an object in { }.", /least/],
    [{ users: ["a b"] }, "In users.json, users[0] must be 1 to 128 characters without white space.", /least/],
    [{ users: [{ name: "a" }] }, "In users.json, users[0].id must be a text in double quotes.", /least/],
    [
      { users: ["a", { id: "b", authentication: "IAM" }] },
      "In users.json, users[1].authentication must be one of iam, password, no-password.",
      /./,
    ],
    [
      { users: ["b", { id: "a", access: "on ~* +@raed" }] },
      'In users.json, users[1].access is no access string: in word 3, "+@raed", no category has that name.',
      /read/,
    ],
    [
      { users: [{ id: "a", access: "on ~* +gett" }] },
      'In users.json, users[0].access is no access string: in word 3, "+gett", no command has that name.',
      /spelled/,
    ],
    [
      { users: [{ id: "a", access: "on -get|x" }] },
      'In users.json, users[0].access is no access string: in word 2, "-get|x", no command has that name.',
      /spelled/,
    ],
    [{ users: [{ id: "a", enabled: "yes" }] }, "In users.json, users[0].enabled must be true or false.", /./],
    [
      { users: [{ id: "a", autentication: "iam" }] },
      'In users.json, users[0] has no field "autentication".',
      /^Did you mean authentication\?$/,
    ],
    [{ users: ["a"], group: [] }, 'In users.json, the whole has no field "group".', /^Did you mean groups\?$/],
    [
      { users: ["a"], secrets: [] },
      'In users.json, the whole has no field "secrets".',
      /^There are: cache, users, groups, keys\.$/,
    ],
    [{ users: ["a"], groups: [{ id: "g" }] }, "In users.json, groups[0].users must be a list in [ ].", /./],
    [{ users: ["a"], keys: [] }, "In users.json, keys must name one at least.", /./],
    [
      { users: ["a"], keys: [{ accessKeyId: key.accessKeyId }] },
      "In users.json, keys[0].secretAccessKey must be a text in double quotes.",
      /./,
    ],
    [
      { users: ["a"], keys: [{ ...key, accessKeyId: "short" }] },
      "In users.json, keys[0].accessKeyId must be 16 to 128 letters and digits.",
      /./,
    ],
    [
      { users: ["a"], keys: [{ ...key, expiresAt: "soon" }] },
      "In users.json, keys[0].expiresAt is no time.",
      /2025-01-31T12:00:00Z/,
    ],
    [
      { users: ["a"], keys: [{ ...key, policies: ["x"] }] },
      "In users.json, keys[0].policies[0] must be an object in { }.",
      /./,
    ],
    [
      {
        users: ["a"],
        keys: [{ ...key, policies: [policy, { Statement: { ...policy.Statement[0], Effect: "allow" } }] }],
      },
      "In users.json, keys[0].policies[1] is no policy that IAM would take: in statement 1 Effect is neither Allow nor Deny.",
      /"Effect": "Allow"/,
    ],
    [
      { users: ["a"], keys: [{ ...key, context: { a: 1 } }] },
      "In users.json, keys[0].context.a must be a text, or a list of texts.",
      /./,
    ],
    [
      { users: ["a"], cache: {} },
      "In users.json, cache has no name.",
      /replicationGroupId, serverlessCacheName, memorydbCluster/,
    ],
    [
      { users: ["a"], cache: { replicationGroupId: "c", memorydbCluster: "c" } },
      "In users.json, cache has two names, replicationGroupId and memorydbCluster.",
      /one/,
    ],
    [
      { users: ["a"], cache: { replicationGroupId: "c_d" } },
      'In users.json, cache.replicationGroupId: "c_d" cannot be the name of the ElastiCache replication group.',
      /Allowed/,
    ],
    [
      { users: ["a"], cache: { replicationGroupId: "c", region: "use1" } },
      'In users.json, cache.region: "use1" is the short code in host names, not a region.',
      /us-east-1/,
    ],
    [
      { users: ["a"], cache: { replicationGroupId: "c", accountId: "1" } },
      "In users.json, cache.accountId must be twelve digits.",
      /./,
    ],
  ] as const) {
    const [code, told, remedy = ""] = refusal(file);
    assert.deepEqual([code, told], ["users-file-malformed", message]);
    assert.match(remedy, hint);
    assert.match(remedy, /[.?]$/);
  }
});

test("users file: what is there twice, or named and not there", () => {
  for (const [file, message] of [
    [{ users: ["a", { id: "a", name: "b" }] }, 'In users.json, users[1] has the same id as users[0], "a".'],
    [{ users: ["a", { id: "b", name: "a" }] }, 'In users.json, users[1] has the same name as users[0], "a".'],
    [
      {
        users: ["a"],
        groups: [
          { id: "g", users: [] },
          { id: "g", users: [] },
        ],
      },
      'In users.json, groups[1] has the same id as groups[0], "g".',
    ],
    [
      { users: [{ id: "a", enabled: true, access: "off ~* +@all" }] },
      "In users.json, users[0].access says off, but enabled is true.",
    ],
    [
      { users: [{ id: "a", enabled: true, access: "~* +@all" }] },
      "In users.json, users[0].access does not say on, but enabled is true.",
    ],
    [
      { users: ["a"], keys: [key, key] },
      'In users.json, keys[1] has the same accessKeyId as keys[0], "AKIAIOSFODNN7EXAMPLE".',
    ],
    [
      { users: ["a"], groups: [{ id: "g", users: ["a", "b"] }] },
      'In users.json, groups[0].users[1] names "b", which is the id of no user in it.',
    ],
  ] as const) {
    const [code, told, hint] = refusal(file);
    assert.deepEqual([code, told], ["users-file-inconsistent", message]);
    assert.notEqual(hint, "");
  }
});

test("users file: the example in the documentation is read", async () => {
  const source = readFileSync(join(dirname(dirname(import.meta.dirname)), "src/emulate/users-file.ts"), "utf8");
  const example = /readUsersFile\(`(\{[\s\S]*?\n \* \})`\)/.exec(source)?.[1]?.replace(/^ \* ?/gm, "") ?? "";
  const { cache, users, groups, keys } = readUsersFile(example);
  assert.equal(cache?.name, "my-cache");
  assert.deepEqual(
    [users, groups, keys].map((all) => all?.length),
    [3, 2, 2],
  );
  assert.equal(keys?.[0]?.policies?.[0]?.statements[0]?.sid, "OnlyTheCache");
});

test("users file: the JSON Schema names every field, with a description of those that need one", () => {
  const schema = z.toJSONSchema(usersFile) as {
    required: string[];
    additionalProperties: boolean;
    properties: Record<
      string,
      { description?: string; items?: { properties?: Record<string, { description?: string }> } }
    >;
  };
  assert.deepEqual(schema.required, ["users"]);
  assert.equal(schema.additionalProperties, false);
  assert.deepEqual(Object.keys(schema.properties), ["$schema", "cache", "users", "groups", "keys"]);
  for (const name of ["cache", "users", "groups", "keys"]) assert.ok(schema.properties[name]?.description, name);
  const keys = schema.properties["keys"]?.items?.properties ?? {};
  for (const [name, { description }] of Object.entries(keys)) assert.ok(description, name);
});

test("users file: whatever it is given, it is read or refused, and no secret is in the words", () => {
  const names = fc.constantFrom(
    "users",
    "groups",
    "keys",
    "cache",
    "id",
    "secretAccessKey",
    "accessKeyId",
    "sessionToken",
    "policies",
    "Statement",
    "attached",
  );
  const any = fc.letrec((tie) => ({
    any: fc.oneof(
      fc.constantFrom<unknown>(secretAccessKey, "a", 1, true, null),
      fc.array(tie("any"), { maxLength: 3 }),
      fc.dictionary(names, tie("any"), { maxKeys: 4 }),
    ),
  })).any;
  fc.assert(
    fc.property(any, any, (keys, groups) => {
      try {
        readUsersFile(JSON.stringify({ users: ["a"], keys, groups }));
      } catch (error) {
        assert.ok(error instanceof CacheauthError, `${error}`);
        // A group's users are names, and a person is told which of them is not there.
        if (!error.message.includes("the id of no user") && !error.message.includes("has the same id")) {
          assert.ok(!`${error.message} ${error.hint}`.includes(secretAccessKey), error.message);
        }
      }
    }),
    runs(1000),
  );
});
