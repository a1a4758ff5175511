import type { Finding } from "../../src/findings/finding.ts";
import { type Judgement, judge } from "../../src/judge/judge.ts";
import type { Key, Login, World } from "../../src/judge/world.ts";
import { nodeHash } from "../../src/node-runtime.ts";
import type { Hash } from "../../src/runtime.ts";
import { type SigningRequest, sign } from "../../src/token/sign.ts";
import { arns, policy } from "../policy/sample.ts";

export const hash: Hash = await nodeHash();

/** Half a minute after the token was signed. */
const signedAt = new Date("2025-01-31T12:00:00Z");
export const at: Date = new Date("2025-01-31T12:00:30Z");

export const key: Key = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  sessionToken: null,
  expiresAt: null,
  active: true,
  policies: [policy({ Resource: [arns.group.cache, arns.group.user] })],
};
export const temporaryKey: Key = {
  ...key,
  accessKeyId: "ASIAIOSFODNN7EXAMPLE",
  secretAccessKey: "another/secret+of/forty/characters/123456",
  sessionToken: "IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJIMEYCIQDx+abc/def==",
};

export const world: World = {
  target: {
    service: "elasticache",
    kind: "replication-group",
    name: "my-cache",
    region: "us-east-1",
    endpoint: { host: "localhost", port: 6379 },
    accountId: "123456789012",
  },
  groups: [{ id: "my-group", users: ["my-user", "default"], attached: true }],
  users: [
    { id: "my-user", name: "my-user", authentication: "iam", enabled: true },
    { id: "default", name: "default", authentication: "no-password", enabled: true },
  ],
  keys: [key, temporaryKey],
};

export function worldWith(
  changes: Partial<Omit<World, "target">> & { readonly target?: Partial<World["target"]> },
): World {
  return { ...world, ...changes, target: { ...world.target, ...changes.target } };
}

/** A world whose only user differs so. */
export function userWith(changes: Partial<World["users"][number]>): World {
  const [user] = world.users;
  if (!user) throw new Error("no user");
  return worldWith({ users: [{ ...user, ...changes }] });
}

export function keyWith(changes: Partial<Key>, of: Key = key): World {
  return worldWith({ keys: [{ ...of, ...changes }] });
}

export interface Changes extends Partial<Omit<SigningRequest, "credentials">> {
  readonly key?: Key;
}

/** A token of the key for my-user at my-cache, signed by the library's own signer. */
export function signed({ key: signer = key, ...changes }: Changes = {}): Promise<string> {
  const { accessKeyId, secretAccessKey, sessionToken } = signer;
  const request = {
    service: "elasticache",
    region: "us-east-1",
    name: "my-cache",
    user: "my-user",
    resourceType: null,
    at: signedAt,
    expiresIn: 900,
    ...changes,
  };
  return sign(
    { ...request, credentials: { accessKeyId, secretAccessKey, sessionToken: sessionToken ?? undefined } },
    hash,
  );
}

export function login(token: string | Uint8Array, user: string | null = "my-user"): Login {
  return { user, token: typeof token === "string" ? new TextEncoder().encode(token) : token };
}

export function judged(given: Login, where: World = world, when: Date = at): Judgement {
  return judge(given, where, when, hash);
}

/** The ids that were found; of what is no error, with the severity. */
export function idsOf({ findings }: { readonly findings: readonly Finding[] }): string[] {
  return findings.map(({ rule, severity }) => (severity === "error" ? rule : `${rule} (${severity})`));
}
