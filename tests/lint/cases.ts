import type { Expected } from "../../src/lint/rule.ts";
import {
  credential,
  encode,
  memoryDb,
  replicationGroup,
  serverless,
  sessionToken,
  signature,
  temporary,
  token,
} from "./sample.ts";

/** A text, and what it is compared with. */
export type Case = string | Uint8Array | readonly [text: string, expected: Partial<Expected>];

export interface RuleCases {
  /** Each must be found, as the first finding of its severity. */
  readonly fails: readonly Case[];
  /** Near misses: the rule must say nothing. */
  readonly passes: readonly Case[];
}

const good = token();
const utf16 = new Uint8Array([0xff, 0xfe, ...[...good].flatMap((char) => [char.charCodeAt(0), 0])]);
const bom = `\ufeff${good}`;
const longSession = (length: number) => temporary({ set: { "X-Amz-Security-Token": "t".repeat(length) } });
const memoryDbToken = token(credential({ service: "memorydb" }));
const serverlessToken = token({ set: { ResourceType: "ServerlessCache" } });

/** For each rule at least two texts that have the fault and two near misses. Those of verify are in verify's own tests. */
export const cases: Readonly<Record<string, RuleCases>> = {
  empty: { fails: ["", " \n\t", "\ufeff"], passes: ["x", good] },
  "not-a-token": {
    fails: ["hunter2", "WRONGPASS invalid username-password pair", "arn:aws:iam::123456789012:user/me", btoa(good)],
    passes: [good, token({ name: "" }), "my-cache/?Action=connect"],
  },
  "too-long": { fails: [longSession(16_500), longSession(200_000)], passes: [good, longSession(15_900)] },
  "scheme-prefix": {
    fails: [`https://${good}`, `HTTP://${good}`, `rediss://${good}`],
    passes: [good, token({ name: "https" }), `rediss://my-user:${encode(good)}@localhost:6379`],
  },
  "surrounding-whitespace": {
    fails: [`${good}\n`, ` ${good}`, `\t${good}\r\n`, bom, `${good}\u00a0`],
    passes: [good, `REDISCLI_AUTH=${good}\n`, `AUTH my-user ${good}\r\n`],
  },
  "embedded-whitespace": {
    fails: [
      good.replace(/.{76}/g, "$&\n"),
      good.replace("&User", " &User"),
      good.replace("us-east", "us\u200b-east"),
      good.replace("connect", "con\u0000nect"),
    ],
    passes: [good, ` ${good} `, `the token is ${good} as I said`],
  },
  quoted: {
    fails: [`REDISCLI_AUTH="${good}`, `"${good}"`, `'${good}'`, `“${good}”`, `"${good}`, `${good}'`],
    passes: [
      good,
      `REDISCLI_AUTH="${good}"`,
      `AUTH my-user "${good}"`,
      `level=error password=${good} err="WRONGPASS invalid username-password pair"`,
    ],
  },
  escaped: {
    fails: [
      good.replaceAll("&", "&amp;"),
      JSON.stringify(good).replaceAll("&", "\\u0026"),
      encode(good),
      good.replaceAll("&", "\\&").replace("?", "\\?"),
      good.replaceAll("&", "^&"),
      good.replaceAll("%", "%%"),
      good.replaceAll("&", ";"),
      good.replaceAll("=", "=3D"),
      `b'${good}'`,
      utf16,
    ],
    passes: [good, JSON.stringify({ password: good }), `rediss://u:${encode(good)}@h:6379`],
  },
  "url-unescaped": {
    fails: [
      `rediss://my-user:${good}@localhost:6379`,
      `valkeys://my-user:${good}@localhost:6379/0`,
      "rediss://my-user:my-cache/?Action=connect",
    ],
    passes: [good, `rediss://my-user:${encode(good)}@localhost:6379`, `REDIS_URL=rediss://my-user:${encode(good)}@h`],
  },
  truncated: {
    fails: [
      "my-cache/?Action=connect",
      "my-cache/?",
      good.slice(0, 128),
      good.slice(0, -1),
      good.slice(0, -63),
      good.slice(0, good.indexOf("X-Amz-Signature") + 9),
      good.slice(0, good.indexOf("&X-Amz-SignedHeaders")),
      good.slice(12),
    ],
    passes: [
      good,
      token({ set: { "X-Amz-Signature": null } }),
      token({ set: { User: null } }),
      good.replace("/?", "?"),
    ],
  },
  fragment: {
    fails: [`${good}#`, good.replace("&User", "#&User")],
    passes: [good, token({ raw: { User: "my%23user" } })],
  },
  "bad-percent-encoding": {
    fails: [token({ raw: { User: "my%user" } }), token({ raw: { User: "my%ff" } }), token({ raw: { User: "100%" } })],
    passes: [good, token({ raw: { User: "my%2Duser" } }), token({ raw: { User: "my%c3%a9" } })],
  },
  "double-encoded": {
    fails: [
      token({
        raw: { "X-Amz-Credential": encode(encode("AKIAIOSFODNN7EXAMPLE/20250131/us-east-1/elasticache/aws4_request")) },
      }),
      temporary({ raw: { "X-Amz-Security-Token": encode(encode(sessionToken)) } }),
      good.replaceAll("%", "%25"),
    ],
    passes: [good, temporary(), token({ raw: { User: "my%25user" } })],
  },
  "unencoded-value": {
    fails: [
      token({ raw: { "X-Amz-Credential": "AKIAIOSFODNN7EXAMPLE/20250131/us-east-1/elasticache/aws4_request" } }),
      temporary({ raw: { "X-Amz-Security-Token": sessionToken } }),
      token({ raw: { User: "my(user)" } }),
      token({ raw: { User: "my–user" } }),
    ],
    passes: [good, temporary(), token({ raw: { User: "my%28user%29" } }), token({ raw: { User: "my~us.er" } })],
  },
  "auth-without-user": {
    fails: [`AUTH ${good}`, `rediss://:${encode(good)}@localhost:6379`, `redis-cli --tls -h localhost -a '${good}'`],
    passes: [
      good,
      `AUTH my-user ${good}`,
      `HELLO 3 AUTH my-user ${good}`,
      `redis-cli -h localhost --user my-user -a ${good}`,
    ],
  },
  unwrapped: {
    fails: [
      `AUTH my-user ${good}`,
      `export REDISCLI_AUTH='${good}'`,
      JSON.stringify({ redis: { username: "my-user", password: good } }),
      `rediss://my-user:${encode(good)}@localhost:6379`,
      `127.0.0.1:6379> AUTH my-user ${good}`,
      `*3\r\n$4\r\nAUTH\r\n$7\r\nmy-user\r\n$${good.length}\r\n${good}\r\n`,
    ],
    passes: [good, ` ${good}`, `https://${good}`],
  },
  "final-newline-dropped": { fails: [], passes: [good, `${good}\n`] },
  "name-missing": {
    fails: [token({ name: "" }), token({ name: "", path: "?" }), token({ name: "", path: "" })],
    passes: [good, token({ name: "c" }), token({ path: "?" })],
  },
  "name-is-endpoint": {
    fails: [
      token({ name: "master.my-cache.abc123.use1.cache.amazonaws.com" }),
      token({ name: "clustercfg.my-cluster.abc123.memorydb.us-east-1.amazonaws.com:6379" }),
      token({ name: "10.0.0.7" }),
      token({ name: "web:hunter2secret@my-cache" }),
      token({ name: "redis.internal.example" }),
    ],
    passes: [good, token({ name: "master" }), token({ name: "my-cache-001" })],
  },
  "name-has-port": {
    fails: [token({ name: "my-cache:6379" }), token({ name: "my-cache:" })],
    passes: [good, token({ name: "my-cache-6379" })],
  },
  "name-not-lowercase": {
    fails: [token({ name: "My-Cache" }), token({ name: "MY-CACHE" })],
    passes: [good, token({ name: "my-cache-2" })],
  },
  "name-invalid": {
    fails: [
      token({ name: "my_cache" }),
      token({ name: "1cache" }),
      token({ name: "a--b" }),
      token({ name: "a".repeat(41) }),
    ],
    passes: [
      good,
      token({ name: "a".repeat(40) }),
      token({ name: "a-1-b" }),
      token({ name: "a".repeat(41), set: { ResourceType: "ServerlessCache" } }),
    ],
  },
  "path-unexpected": {
    fails: [token({ path: "/connect?" }), token({ path: "//?" }), token({ path: "?" }), token({ path: "/" })],
    passes: [good, token({ name: "my-cache-" })],
  },
  "name-mismatch": {
    fails: [
      [token({ name: "other" }), replicationGroup],
      [token({ name: "my-cache-2" }), { name: "my-cache" }],
      // The URL leads elsewhere, whatever the flag says.
      [`rediss://my-user:${encode(good)}@master.other.abc123.use1.cache.amazonaws.com`, replicationGroup],
    ],
    passes: [
      [good, replicationGroup],
      [token({ name: "other" }), {}],
      [token({ name: "My-Cache" }), replicationGroup],
    ],
  },
  "action-missing": {
    fails: [token({ set: { Action: null } }), token({ set: { Action: "" } }), good.replace("Action=", "action=")],
    passes: [good, token({ set: { Action: "Connect" } })],
  },
  "action-wrong": {
    fails: [token({ set: { Action: "Connect" } }), token({ set: { Action: "elasticache:Connect" } })],
    passes: [good, token({ set: { Action: null } })],
  },
  "user-missing": {
    fails: [token({ set: { User: null } }), token({ set: { User: "" } }), good.replace("User=", "user=")],
    passes: [good, token({ set: { User: "u" } })],
  },
  "user-invalid": {
    fails: [
      token({ set: { User: "My-User" } }),
      token({ set: { User: "arn:aws:iam::123456789012:user/my-user" } }),
      token({ set: { User: "1user" } }),
      token({ ...credential({ service: "memorydb" }), raw: { User: "default.me" } }),
    ],
    passes: [good, token({ set: { User: "default.iam-user" } }), token({ set: { User: "u-1-" } })],
  },
  "user-mismatch": {
    fails: [
      [good, { user: "other" }],
      [`AUTH other ${good}`, {}],
      [`rediss://other:${encode(good)}@localhost`, {}],
      // Who logs in by the line is told whatever the flag says.
      [`AUTH other ${good}`, { user: "my-user" }],
    ],
    passes: [
      [good, { user: "my-user" }],
      [`AUTH My-User ${good}`, {}],
      // The surroundings alone say another.
      [`AUTH my-user ${good}`, { user: "other", userIsFallback: true }],
    ],
  },
  "resource-type-wrong": {
    fails: [token({ set: { ResourceType: "serverlesscache" } }), token({ set: { ResourceType: "" } })],
    passes: [good, serverlessToken],
  },
  "resource-type-missing": {
    fails: [
      [good, serverless],
      [good.replace("User=my-user", "User=my-user&resourcetype=ServerlessCache"), serverless],
    ],
    passes: [
      [serverlessToken, serverless],
      [good, replicationGroup],
      [good, {}],
    ],
  },
  "resource-type-unexpected": {
    fails: [
      [serverlessToken, replicationGroup],
      token({ set: { ResourceType: "ServerlessCache", ...credential({ service: "memorydb" }).set } }),
    ],
    passes: [
      [serverlessToken, serverless],
      [serverlessToken, {}],
      [memoryDbToken, memoryDb],
    ],
  },
  "parameter-duplicate": {
    fails: [good.replace("&User", "&Action=connect&User"), `${good}&User=my-user`],
    passes: [good, token({ set: { action: "connect" } })],
  },
  "parameter-unexpected": {
    fails: [token({ set: { Version: "2015-02-02" } }), `${good}&x-id=connect`],
    passes: [good, serverlessToken, temporary(), good.replace("X-Amz-Date", "x_amz_date")],
  },
  "algorithm-wrong": {
    fails: [
      token({ set: { "X-Amz-Algorithm": "AWS4-ECDSA-P256-SHA256" } }),
      token({ set: { "X-Amz-Algorithm": null } }),
    ],
    passes: [good, token({ raw: { "X-Amz-Algorithm": "AWS4%2DHMAC%2DSHA256" } })],
  },
  "credential-missing": {
    fails: [token({ set: { "X-Amz-Credential": null } }), token({ set: { "X-Amz-Credential": "" } })],
    passes: [good, token({ set: { "X-Amz-Credential": "AKIAIOSFODNN7EXAMPLE" } })],
  },
  "credential-malformed": {
    fails: [
      token({ set: { "X-Amz-Credential": "AKIAIOSFODNN7EXAMPLE" } }),
      token(credential({ end: "aws4" })),
      token(credential({ date: "2025-01-31" })),
      token(credential({ region: "" })),
    ],
    passes: [good, token(credential({ key: "" }))],
  },
  "access-key-malformed": {
    fails: [
      token(credential({ key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" })),
      token(credential({ key: "" })),
      token(credential({ key: "AKIA IOSFODNN7EXAMPLE" })),
      token(credential({ key: "fakeAccessKeyId" })),
    ],
    passes: [good, temporary(), token(credential({ key: "AKIAY34FZKBOKMUTVV7A" }))],
  },
  "service-wrong": {
    fails: [
      token(credential({ service: "redis" })),
      token(credential({ service: "ElastiCache" })),
      [token(), memoryDb],
      [memoryDbToken, replicationGroup],
    ],
    passes: [good, memoryDbToken, [memoryDbToken, memoryDb]],
  },
  "region-mismatch": {
    fails: [
      [good, { region: "eu-west-1" }],
      [token(credential({ region: "use1" })), replicationGroup],
    ],
    passes: [
      [good, replicationGroup],
      [good, {}],
    ],
  },
  "region-unknown": {
    fails: [
      token(credential({ region: "use1" })),
      token(credential({ region: "us-east-1a" })),
      token(credential({ region: "us-est-1" })),
    ],
    passes: [
      good,
      token(credential({ region: "ap-northeast-2" })),
      [token(credential({ region: "xx-new-1" })), { region: "xx-new-1" }],
    ],
  },
  "date-missing": {
    fails: [
      token({ set: { "X-Amz-Date": null } }),
      token({ set: { "X-Amz-Date": "" } }),
      good.replace("X-Amz-Date", "X-Amz-Dat"),
    ],
    passes: [good, token({ set: { "X-Amz-Date": "20250131T115900Z" } })],
  },
  "date-malformed": {
    fails: [
      token({ set: { "X-Amz-Date": "2025-01-31T12:00:00Z" } }),
      token({ set: { "X-Amz-Date": "20250230T120000Z" } }),
      token({ set: { "X-Amz-Date": "20250131T120000" } }),
    ],
    passes: [good, token({ set: { "X-Amz-Date": "20250131T120059Z" } })],
  },
  "scope-date-mismatch": {
    fails: [token(credential({ date: "20250130" })), token(credential({ date: "20250201" }))],
    passes: [good, token({ set: { "X-Amz-Date": "20250131T115959Z" } })],
  },
  "expires-missing": {
    fails: [
      token({ set: { "X-Amz-Expires": null } }),
      token({ set: { "X-Amz-Expires": "" } }),
      good.replace("X-Amz-Expires", "X-Amz-Expiers"),
    ],
    passes: [good, token({ set: { "X-Amz-Expires": "899" } })],
  },
  "expires-malformed": {
    fails: [
      token({ set: { "X-Amz-Expires": "15m" } }),
      token({ set: { "X-Amz-Expires": "0" } }),
      token({ set: { "X-Amz-Expires": "-900" } }),
      token({ set: { "X-Amz-Expires": "900.0" } }),
    ],
    passes: [good, token({ set: { "X-Amz-Expires": "61" } })],
  },
  "expires-too-long": {
    fails: [
      token({ set: { "X-Amz-Expires": "901" } }),
      token({ set: { "X-Amz-Expires": "604800" } }),
      token({ set: { "X-Amz-Expires": "9".repeat(40) } }),
    ],
    passes: [good, token({ set: { "X-Amz-Expires": "61" } })],
  },
  "expires-short": {
    fails: [
      token({ set: { "X-Amz-Expires": "59", "X-Amz-Date": "20250131T120059Z" } }),
      token({ set: { "X-Amz-Expires": "2", "X-Amz-Date": "20250131T120059Z" } }),
    ],
    passes: [good, token({ set: { "X-Amz-Expires": "60", "X-Amz-Date": "20250131T120059Z" } })],
  },
  "signed-headers-wrong": {
    fails: [
      token({ set: { "X-Amz-SignedHeaders": "content-type;host" } }),
      token({ set: { "X-Amz-SignedHeaders": null } }),
      token({ set: { "X-Amz-SignedHeaders": "Host" } }),
    ],
    passes: [good, token({ raw: { "X-Amz-SignedHeaders": "%68ost" } })],
  },
  "signature-missing": {
    fails: [
      token({ set: { "X-Amz-Signature": null } }),
      `${token({ set: { "X-Amz-Signature": null } }).replace("&User", "&X-Amz-Signature=&User")}`,
    ],
    passes: [
      good,
      good.replace(`&X-Amz-Signature=${signature}`, "").replace("&User", `&X-Amz-Signature=${signature}&User`),
    ],
  },
  "signature-malformed": {
    fails: [
      token({ set: { "X-Amz-Signature": signature.toUpperCase() } }),
      token({ set: { "X-Amz-Signature": `${signature}0` } }),
      token({ set: { "X-Amz-Signature": "********" } }),
      token({ raw: { "X-Amz-Signature": "47DEQpj8HBSa%2B%2FTImW%2B5JCeuQeRkm5NMpJWZG3hSuFU%3D" } }),
    ],
    passes: [good, token({ set: { "X-Amz-Signature": "0".repeat(64) } })],
  },
  "session-token-missing": {
    fails: [temporary({ set: { "X-Amz-Security-Token": null } }), temporary({ set: { "X-Amz-Security-Token": "" } })],
    passes: [good, temporary()],
  },
  "session-token-unexpected": {
    fails: [token({ set: { "X-Amz-Security-Token": sessionToken } }), token({ set: { "X-Amz-Security-Token": "x" } })],
    passes: [temporary(), token({ ...credential({ key: "fakeAccessKeyId" }), raw: { "X-Amz-Security-Token": "x" } })],
  },
  "account-mismatch": {
    fails: [
      [token(credential({ key: "AKIAY34FZKBOKMUTVV7A" })), { accountId: "123456789012" }],
      [token(credential({ key: "AKIAQNZGKIQY56JQ7WML" })), { accountId: "609629065308" }],
    ],
    passes: [
      [token(credential({ key: "AKIAY34FZKBOKMUTVV7A" })), { accountId: "609629065308" }],
      [good, { accountId: "123456789012" }],
    ],
  },
  expired: {
    fails: [token({ set: { "X-Amz-Date": "20250131T114600Z" } }), token({ set: { "X-Amz-Date": "20250131T000000Z" } })],
    passes: [good, token({ set: { "X-Amz-Date": "20250131T114700Z" } })],
  },
  "not-yet-valid": {
    fails: [
      token({ set: { "X-Amz-Date": "20250131T120601Z" } }),
      token({ set: { "X-Amz-Date": "20250131T130000Z" } }),
      token({ set: { "X-Amz-Date": "20250131T120106Z" } }),
    ],
    passes: [good, token({ set: { "X-Amz-Date": "20250131T120105Z" } })],
  },
  "expiring-soon": {
    fails: [token({ set: { "X-Amz-Date": "20250131T114601Z" } }), token({ set: { "X-Amz-Date": "20250131T114629Z" } })],
    passes: [
      good,
      token({ set: { "X-Amz-Date": "20250131T114630Z" } }),
      token({ set: { "X-Amz-Date": "20250131T114600Z" } }),
    ],
  },
};
