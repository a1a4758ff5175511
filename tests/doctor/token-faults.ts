/** Tokens that are handed in, each with one thing wrong. */
import type { FindingId } from "../../src/findings/ids.ts";
import type { Key, World } from "../../src/judge/world.ts";
import type { Kind } from "../../src/target/kinds.ts";
import { signed } from "../judge/sample.ts";
import { signWrongly, withParameter } from "./sign-wrongly.ts";

export interface TokenFault {
  readonly name: string;
  readonly kind?: Kind;
  /** Nothing is wrong with what it gets: it signs for my-user at my-cache half a minute ago. */
  make(sign: Sign, key: Key): Promise<string>;
  readonly cause: FindingId;
  /** Then the login works. */
  readonly isWarning?: boolean;
}

type Sign = (changes?: Parameters<typeof signed>[0]) => Promise<string>;

/** What signs for the kind of a world with its first key. */
export function signerOf({ target, keys: [key] }: World, now: Date): Sign {
  const { service, region, name, kind } = target;
  if (!key) throw new Error("no key");
  const resourceType = kind === "serverless-cache" ? "ServerlessCache" : null;
  const at = new Date(now.getTime() - 30_000);
  return (changes = {}) => signed({ key, service, region, name, resourceType, at, ...changes });
}

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);

export const tokenFaults: readonly TokenFault[] = [
  {
    name: "an endpoint for the name",
    make: (sign) => sign({ name: "master.my-cache.abc123.use1.cache.amazonaws.com" }),
    cause: "name-is-endpoint",
  },
  {
    name: "a port behind the name",
    make: async (sign) => (await sign()).replace("my-cache/", "my-cache:6379/"),
    cause: "name-has-port",
  },
  {
    name: "upper case in the name",
    make: async (sign) => (await sign()).replace("my-cache/", "My-Cache/"),
    cause: "name-not-lowercase",
  },
  { name: "upper case in the user", make: (sign) => sign({ user: "My-User" }), cause: "user-invalid" },
  { name: "a scheme", make: async (sign) => `https://${await sign()}`, cause: "scheme-prefix" },
  { name: "the service of S3", make: (sign) => sign({ service: "s3" }), cause: "service-wrong" },
  { name: "the service of MemoryDB", make: (sign) => sign({ service: "memorydb" }), cause: "service-wrong" },
  { name: "another region", make: (sign) => sign({ region: "eu-west-1" }), cause: "region-mismatch" },
  { name: "another cache", make: (sign) => sign({ name: "other-cache" }), cause: "name-mismatch" },
  {
    name: "no ResourceType for a serverless cache",
    kind: "serverless-cache",
    make: (sign) => sign({ resourceType: null }),
    cause: "resource-type-missing",
  },
  {
    name: "a ResourceType for a replication group",
    make: (sign) => sign({ resourceType: "ServerlessCache" }),
    cause: "resource-type-unexpected",
  },
  {
    name: "a ResourceType for MemoryDB",
    kind: "memorydb-cluster",
    make: (sign) => sign({ resourceType: "ServerlessCache" }),
    cause: "resource-type-unexpected",
  },
  {
    name: "a parameter that was put on after signing",
    make: async (sign) => `${await sign()}&Version=2015-02-02`,
    cause: "parameter-unexpected",
  },
  {
    name: "another action",
    make: async (sign, key) => signWrongly(await sign(), key, (request) => withParameter(request, "Action", "Connect")),
    cause: "action-wrong",
  },
  {
    name: "no user",
    make: async (sign, key) => signWrongly(await sign(), key, (request) => withParameter(request, "User", null)),
    cause: "user-missing",
  },
  {
    name: "a parameter twice",
    make: async (sign) => (await sign()).replace("Action=connect", "Action=connect&Action=connect"),
    cause: "parameter-duplicate",
  },
  { name: "another user than that of AUTH", make: (sign) => sign({ user: "other-user" }), cause: "user-mismatch" },
  {
    name: "a plus that was not escaped in the session token",
    make: async (sign) => (await sign()).replaceAll("%2B", "+"),
    cause: "unencoded-value",
  },
  { name: "escaped twice", make: async (sign) => (await sign()).replaceAll("%2B", "%252B"), cause: "double-encoded" },
  {
    name: "escaped as a whole, for a URL",
    make: async (sign) => encodeURIComponent(await sign()),
    cause: "escaped",
  },
  {
    name: "a URL around it that has not escaped it",
    make: async (sign) => `rediss://my-user:${await sign()}@cache.example.com:6379`,
    cause: "url-unescaped",
  },
  {
    name: "another signed header",
    make: async (sign, key) =>
      signWrongly(await sign(), key, (request) => ({
        ...withParameter(request, "X-Amz-SignedHeaders", "content-type;host"),
        signedHeaders: "content-type;host",
      })),
    cause: "signed-headers-wrong",
  },
  {
    name: "a body that was not signed",
    make: async (sign, key) => signWrongly(await sign(), key, () => ({ payloadHash: "UNSIGNED-PAYLOAD" })),
    cause: "signature-mismatch",
  },
  {
    name: "another secret",
    make: (sign, key) => sign({ key: { ...key, secretAccessKey: "x".repeat(40) } }),
    cause: "signature-mismatch",
  },
  {
    name: "no life",
    make: async (sign, key) =>
      signWrongly(await sign(), key, (request) => withParameter(request, "X-Amz-Expires", null)),
    cause: "expires-missing",
  },
  { name: "a life of an hour", make: (sign) => sign({ expiresIn: 3600 }), cause: "expires-too-long" },
  {
    name: "a life that is no number",
    make: async (sign, key) =>
      signWrongly(await sign(), key, (request) => withParameter(request, "X-Amz-Expires", "15m")),
    cause: "expires-malformed",
  },
  { name: "a life of 50 seconds", make: (sign) => sign({ expiresIn: 50 }), cause: "expires-short", isWarning: true },
  { name: "expired", make: (sign) => sign({ at: ago(3600) }), cause: "expired" },
  { name: "dated in the future", make: (sign) => sign({ at: ago(-3600) }), cause: "not-yet-valid" },
  {
    name: "another day in the scope",
    make: async (sign) => (await sign()).replace(/%2F\d{8}%2F/, "%2F20250101%2F"),
    cause: "scope-date-mismatch",
  },
  {
    name: "a temporary key without its session token",
    make: (sign, key) => sign({ key: { ...key, sessionToken: null } }),
    cause: "session-token-missing",
  },
  {
    name: "a long-term key with a session token",
    make: (sign, key) => sign({ key: { ...key, accessKeyId: "AKIAIOSFODNN7EXAMPLE" } }),
    cause: "session-token-unexpected",
  },
  {
    name: "a signature in upper case",
    make: async (sign) => (await sign()).replace(/[0-9a-f]{64}$/, (digits) => `${digits.slice(0, 63).toUpperCase()}A`),
    cause: "signature-malformed",
  },
  { name: "cut at the first &", make: async (sign) => (await sign()).split("&")[0] ?? "", cause: "truncated" },
  { name: "cut in the signature", make: async (sign) => (await sign()).slice(0, -9), cause: "truncated" },
  { name: "a line ending", make: async (sign) => `${await sign()}\n`, cause: "surrounding-whitespace" },
  { name: "quotes", make: async (sign) => `"${await sign()}"`, cause: "quoted" },
  {
    name: "wrapped",
    make: async (sign) => (await sign()).replace(/^.{76}/, "$&\n"),
    cause: "embedded-whitespace",
  },
  { name: "in base64", make: async (sign) => btoa(await sign()), cause: "not-a-token" },
  {
    name: "longer than a server reads",
    make: (sign, key) => sign({ key: { ...key, sessionToken: "x".repeat(17_000) } }),
    cause: "too-long",
  },
  { name: "a password", make: async () => "correct-horse-battery-staple", cause: "not-a-token" },
  { name: "nothing", make: async () => " ", cause: "empty" },
];
