/** Two things wrong at once, as they come together: a set-up that was never finished, a change that broke two things. */
import type { FindingId } from "../../src/findings/ids.ts";
import type { World } from "../../src/judge/world.ts";
import { allowing, connecting } from "../judge/good-worlds.ts";
import { cache, defaultUser, group, key, user } from "../judge/situations/make.ts";
import { policy } from "../policy/sample.ts";
import type { Examination } from "./examine.ts";

/** One of the two. What it changes of the world goes together with what the other changes. */
interface Half {
  readonly rule: FindingId;
  readonly change?: (world: World) => World;
  readonly given?: Partial<Examination>;
  /** Of the token that is handed in. */
  readonly token?: TokenHalf;
}

type TokenHalf = (changes: { region?: string; at?: Date; user?: string; name?: string }) => typeof changes;

const caches: readonly Half[] = [
  {
    rule: "engine-too-old",
    change: (world) => group({ engine: "redis" })(cache({ engine: "redis", version: "6.2.6" })(world)),
  },
  { rule: "cache-not-available", change: cache({ status: "creating" }) },
];
const users: readonly Half[] = [
  { rule: "user-not-iam", change: user({ authentication: "password" }) },
  { rule: "user-off", change: user({ access: "off ~* +@all" }) },
  { rule: "user-not-active", change: user({ status: "deleting" }) },
];
const groups: readonly Half[] = [
  { rule: "user-not-in-group", change: group({ users: ["default"] }) },
  { rule: "group-not-attached", change: group({ attached: false }) },
  { rule: "group-not-active", change: group({ status: "creating" }) },
];
const allowingAlone = (which: "cache" | "user") =>
  key(({ target: { kind } }) => ({ policies: [allowing(kind, { Resource: connecting(kind)[which] })] }));
const policies: readonly Half[] = [
  { rule: "policy-user-denied", change: allowingAlone("cache") },
  { rule: "policy-cache-denied", change: allowingAlone("user") },
  { rule: "policy-action", change: key({ policies: [] }) },
  {
    rule: "policy-explicit-deny",
    change: key(({ target: { kind } }) => ({ policies: [allowing(kind), policy({ Effect: "Deny", Action: "*" })] })),
  },
  { rule: "policy-boundary", change: key({ boundary: [policy({ Action: "s3:*" })] }) },
];
const tokens: readonly Half[] = [
  { rule: "region-mismatch", token: (changes) => ({ ...changes, region: "eu-west-1" }) },
  { rule: "expired", token: (changes) => ({ ...changes, at: new Date(Date.now() - 3_600_000) }) },
  { rule: "user-mismatch", token: (changes) => ({ ...changes, user: "other-user" }) },
  { rule: "name-mismatch", token: (changes) => ({ ...changes, name: "other-cache" }) },
];
const clock: Half = { rule: "clock-skew", given: { aheadMs: 20 * 60_000 } };
const remarks: readonly Half[] = [
  { rule: "clock-skew", given: { aheadMs: 60_000 } },
  { rule: "default-user-open", change: defaultUser({ access: "on ~* +@all" }) },
  {
    rule: "credentials-end-early",
    given: { env: { AWS_CREDENTIAL_EXPIRATION: new Date(Date.now() + 300_000).toISOString() } },
  },
];

const across = (some: readonly Half[], others: readonly Half[]): readonly (readonly [Half, Half])[] =>
  some.flatMap((one) => others.map((other) => [one, other] as const));

export const pairs: readonly (readonly [Half, Half])[] = [
  ...across(users, groups),
  ...across(users, policies),
  ...across(groups, policies),
  ...across(caches, [...users, ...groups]),
  ...across(tokens, [...users.slice(0, 1), ...groups.slice(0, 1), ...policies.slice(0, 2)]),
  ...across([clock], [...users, ...policies]),
  ...across(remarks, [...users.slice(0, 1), ...policies.slice(0, 1)]),
];
