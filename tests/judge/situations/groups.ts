import type { Situation } from "../situations.ts";
import { all, cache, group, refused, warned } from "./make.ts";

export const groupSituations: readonly Situation[] = [
  {
    name: "the group of the cache does not have the user",
    change: group({ users: ["default"] }),
    cause: refused(
      "user-not-in-group",
      /(modify-user-group --user-group-id|update-acl --acl-name) my-group .*-to-add my-user/,
    ),
  },
  {
    name: "the user is on its way into the group",
    change: group({ users: ["default"], joining: ["my-user"], status: "modifying" }),
    cause: refused("user-not-in-group", /wait until the (user group|ACL) is active again/),
  },
  {
    name: "the user is in a group that the cache does not have",
    change: (world) => ({
      ...world,
      groups: (world.groups ?? []).map((one) =>
        one.id === "spare" ? { ...one, users: ["my-user"] } : { ...one, users: ["default"] },
      ),
    }),
    cause: refused("user-not-in-group", /my-group .*-to-add my-user/),
  },
  {
    name: "the user's group is not attached, and no other is",
    change: group({ attached: false }),
    cause: refused("group-not-attached", /Attach it: `aws (elasticache modify-|memorydb update-).*my-group/),
  },
  {
    name: "the user's group is being attached",
    kinds: ["replication-group", "memorydb-cluster"],
    change: group({ attached: false, attaching: true }),
    cause: refused("group-not-attached", /wait until my-cache is available again/),
  },
  {
    name: "there are no groups",
    change: (world) => ({ ...world, groups: [] }),
    cause: refused("user-not-in-group", /-to-add my-user/),
  },
  {
    name: "the group is being created",
    change: group({ status: "creating" }),
    cause: refused("group-not-active", /Wait some minutes/),
  },
  {
    name: "the group is being deleted",
    change: group({ status: "deleting" }),
    cause: refused("group-not-active", /Attach another (user group|ACL)/),
  },
  {
    name: "the group is being modified",
    change: group({ status: "modifying" }),
    cause: warned("group-not-active", /Wait some minutes/),
  },
  {
    name: "a group for Valkey at Redis OSS",
    kinds: ["replication-group", "serverless-cache"],
    change: cache({ engine: "redis", version: "7.1.0" }),
    cause: refused("group-engine-differs", /Upgrade the cache to Valkey/),
  },
  {
    name: "a group for Redis OSS at Valkey",
    kinds: ["replication-group", "serverless-cache"],
    change: group({ engine: "redis" }),
    cause: null,
  },
  {
    name: "two groups, of which the second has the user",
    kinds: ["replication-group"],
    change: (world) => ({
      ...world,
      groups: [
        { id: "first", users: ["default"], attached: true, status: "active", engine: "valkey" },
        ...(world.groups ?? []).map((one) => ({ ...one, users: one.users.filter((id) => id !== "default") })),
      ],
    }),
    cause: null,
  },
  {
    name: "two groups with the user, of which one is being deleted",
    kinds: ["replication-group"],
    change: (world) => ({
      ...world,
      groups: [
        { id: "first", users: ["my-user"], attached: true, status: "deleting", engine: "valkey" },
        ...(world.groups ?? []),
      ],
    }),
    cause: null,
  },
  {
    name: "a group for Redis OSS at Redis OSS",
    kinds: ["replication-group"],
    change: all(cache({ engine: "redis", version: "7.1.0" }), group({ engine: "redis" })),
    cause: null,
  },
];
