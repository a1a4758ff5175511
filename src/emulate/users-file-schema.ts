import * as z from "zod/mini";

/** What the file may say. Its descriptions are those of the JSON Schema. */

const userName = z
  .string()
  .check(
    z.regex(/^[^\s\p{C}]{1,128}$/u, "must be 1 to 128 characters without white space"),
    z.describe("ElastiCache: the user's id; MemoryDB: its name"),
  );

const status = (usual: string, others: string) =>
  z
    .optional(z.string().check(z.regex(/^[a-z -]{1,40}$/, "must be a word of AWS's, in lower case")))
    .check(z.describe(`As AWS says it: ${usual}, if absent; else ${others}`));

const engine = z.optional(z.enum(["redis", "valkey"]));

export const user = z.strictObject({
  id: userName,
  name: z.optional(userName.check(z.describe("What AUTH names; the id, if absent. For IAM the two must be the same"))),
  authentication: z.optional(z.enum(["iam", "password", "no-password"])).check(z.describe("iam, if absent")),
  enabled: z
    .optional(z.boolean())
    .check(z.describe("true, if absent; an access string that does not say on switches off as well")),
  status: status("active", "modifying, deleting"),
  access: z
    .optional(z.string())
    .check(
      z.describe(
        'The access string, as "on ~app:* +@read": the built-in data enforces it; all is allowed, if absent. One without on is off',
      ),
    ),
});

export const group = z.strictObject({
  id: userName.check(z.describe("The user group's id; MemoryDB: the ACL's name")),
  users: z.array(userName).check(z.describe("Ids of users of this file")),
  attached: z.optional(z.boolean()).check(z.describe("To the cache; true, if absent")),
  status: status("active", "creating, modifying, deleting"),
  engine: engine.check(z.describe("Of the group; a cache of the engine redis takes no group of the engine valkey")),
});

export const key = z.strictObject({
  accessKeyId: z
    .string()
    .check(z.regex(/^\w{16,128}$/, "must be 16 to 128 letters and digits"), z.describe("As AKIAIOSFODNN7EXAMPLE")),
  secretAccessKey: z
    .string()
    .check(
      z.regex(/^[\x21-\x7e]+$/, "must be ASCII without white space"),
      z.describe("Made up: a real one has no use here"),
    ),
  sessionToken: z
    .optional(z.nullable(z.string().check(z.regex(/^[\x21-\x7e]+$/, "must be ASCII without white space"))))
    .check(z.describe("Of temporary keys, whose ids begin with ASIA")),
  expiresAt: z.optional(z.nullable(z.string())).check(z.describe("RFC 3339; never, if absent")),
  active: z.optional(z.boolean()).check(z.describe("true, if absent")),
  policies: z
    .optional(z.nullable(z.array(z.record(z.string(), z.unknown()))))
    .check(z.describe("IAM policies of whoever has the key; all is allowed, if absent")),
  boundary: z
    .optional(z.nullable(z.array(z.record(z.string(), z.unknown()))))
    .check(z.describe("What bounds those policies, a permissions boundary; none, if absent")),
  organisation: z
    .optional(z.nullable(z.array(z.record(z.string(), z.unknown()))))
    .check(z.describe("What an organisation's policies allow at most; all, if absent")),
  context: z
    .optional(z.record(z.string(), z.union([z.string(), z.array(z.string())])))
    .check(
      z.describe(
        "What the policies' conditions see, as aws:SourceIp; a key that is not here the request does not have",
      ),
    ),
});

export const cache = z.strictObject({
  replicationGroupId: z.optional(z.string()).check(z.describe("ElastiCache, node-based")),
  serverlessCacheName: z.optional(z.string()).check(z.describe("ElastiCache serverless")),
  memorydbCluster: z.optional(z.string()).check(z.describe("MemoryDB")),
  region: z.optional(z.string()),
  accountId: z.optional(z.string().check(z.regex(/^\d{12}$/, "must be twelve digits"))),
  status: status("available", "creating, modifying, deleting and others"),
  engine: engine.check(z.describe("Of the cache; redis, if absent")),
  engineVersion: z
    .optional(z.string().check(z.regex(/^\d{1,2}(\.\d{1,3}){0,2}$/, "must be a version, as 7.1")))
    .check(z.describe("7.1, if absent; IAM needs Redis OSS 7.0 or Valkey 7.2")),
});

export const usersFile = z.strictObject({
  $schema: z.optional(z.string()),
  cache: z
    .optional(cache)
    .check(z.describe("What is logged in to: one of the three names; the flags say it, if absent")),
  users: z
    .array(z.union([userName, user]))
    .check(
      z.minLength(1, "must name one at least"),
      z.describe("Who may log in; a bare name is a user with IAM authentication"),
    ),
  groups: z
    .optional(z.array(group))
    .check(z.describe("User groups, or ACLs; if absent, every user is in one that is attached")),
  keys: z
    .optional(z.array(key).check(z.minLength(1, "must name one at least")))
    .check(z.describe("Access keys that may sign; if absent, those of the environment, or one that is made")),
});
