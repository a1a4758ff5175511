import type { Situation } from "../situations.ts";
import { defaultUser, refused, user, warned } from "./make.ts";

export const userSituations: readonly Situation[] = [
  {
    name: "no users at all",
    change: (world) => ({ ...world, users: [] }),
    cause: refused("user-not-found", /create it.*`aws (elasticache|memorydb) create-user .*Type=iam/),
  },
  {
    name: "other users alone",
    change: (world) => ({ ...world, users: world.users.filter(({ id }) => id !== "my-user") }),
    cause: refused("user-not-found", /Log in as one that exists, or create it/),
  },
  {
    name: "the user has a password",
    change: user({ authentication: "password" }),
    cause: refused("user-not-iam", /--authentication-mode Type=iam/),
  },
  {
    name: "the user needs no password",
    change: user({ authentication: "no-password" }),
    cause: refused("user-not-iam", /--authentication-mode Type=iam/),
  },
  {
    name: "the user's id is another than its name",
    kinds: ["replication-group", "serverless-cache"],
    change: (world) => ({
      ...user({ id: "my-user-id" })(world),
      groups: (world.groups ?? []).map((one) => ({ ...one, users: [...one.users, "my-user-id"] })),
    }),
    cause: refused("user-id-name-differ", /whose id and name are both my-user-id/),
  },
  {
    name: "what is handed in as the user is its id",
    kinds: ["replication-group", "serverless-cache"],
    change: user({ name: "application" }),
    cause: refused("user-id-name-differ", /whose id and name are both my-user,/),
  },
  {
    name: "the user is off",
    change: user({ access: "off ~* +@all" }),
    cause: refused("user-off", /--access-string 'on [~+]/),
  },
  {
    name: "the access string does not say on",
    change: user({ access: "~app:* +@read" }),
    cause: refused("user-off", /--access-string 'on [~+]/),
  },
  {
    name: "the user is being deleted",
    change: user({ status: "deleting" }),
    cause: refused("user-not-active", /Create it anew/),
  },
  {
    name: "the user is being modified",
    change: user({ status: "modifying" }),
    cause: warned("user-not-active", /Wait some minutes/),
  },
  {
    name: "the rights leave out what clients send at their start",
    change: user({ access: "on ~app:* +get +set" }),
    only: "records",
    cause: warned("acl-blocks-start", /\+hello \+ping \+info \+command \+cluster\|slots/, "certain"),
  },
  {
    name: "rights to read, with what clients send at their start",
    change: user({ access: "on ~app:* -@all +@read +@connection +info +cluster" }),
    cause: null,
  },
  {
    name: "the user named default is open",
    kinds: ["replication-group", "serverless-cache"],
    change: defaultUser({ access: "on ~* +@all" }),
    only: "records",
    cause: warned("default-user-open", /whose access string is `off ~\* -@all`/, "certain"),
  },
  {
    name: "the user named default has a password",
    kinds: ["replication-group", "serverless-cache"],
    change: defaultUser({ access: "on ~* +@all", authentication: "password" }),
    cause: null,
  },
];
