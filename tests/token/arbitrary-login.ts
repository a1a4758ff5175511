import fc from "fast-check";

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,6}){0,3}$/);

/** Without quotes: a secret in quotes is refused. */
export const anySecret = fc.stringMatching(/^[\x21\x23-\x26\x28-\x7e]{1,60}$/);

/** Any cache, user and lifetime that a token can be made for, and any key that it can be signed with. */
export const anyLogin = {
  kind: fc.constantFrom("replication-group" as const, "serverless-cache" as const, "memorydb-cluster" as const),
  name,
  user: name,
  expiresIn: fc.integer({ min: 1, max: 900 }),
  secretAccessKey: anySecret,
};
