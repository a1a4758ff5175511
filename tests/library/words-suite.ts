import assert from "node:assert/strict";
import { test } from "node:test";
import type * as Library from "../../src/index.ts";

/** What only the command line has. */
const ofTheCommandLine = /--[a-z]|(?:^|\s)-[a-z]\b|CACHEAUTH_[A-Z]|\bflags?\b|the argument\b/;

/** The words of errors and notices, handed the library: they speak of options, for a program gives no flags. */
export function wordsSuite(library: typeof Library): void {
  const { createToken, tokenProvider, parseEndpoint, lintToken, verifyToken, parseToken, startEmulator } = library;
  const credentials = {
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  };
  const host = "master.my-cache.abc123.use1.cache.amazonaws.com";
  const good = { target: host, user: "my-user", credentials };

  const endpoints = [
    "my-cache",
    "-",
    "",
    "x".repeat(100),
    "127.0.0.1:6379",
    "localhost",
    "my-redis.example.com",
    "a.b.abc123.use1.cache.amazonaws.com",
    "x.elb.us-east-1.amazonaws.com",
    "x.dax.use1.cache.amazonaws.com",
    "master.c.abc123.use1.cache.amazonaws.com.cn",
    `${host}:0`,
    `rediss://${host}:6379:6380`,
  ];
  const targets: readonly unknown[] = [
    ...endpoints,
    undefined,
    {},
    5,
    { endpoint: 5 },
    { kind: "dax", name: "c" },
    { replicationGroupId: "a", memorydbCluster: "b" },
    { replicationGroupId: "c" },
    { replicationGroupId: "" },
    { replicationGroupId: host },
    { kind: "serverless-cache", name: "arn:aws:elasticache:us-east-1:1:serverlesscache:c" },
    { memorydbCluster: "a".repeat(2).concat("_") },
    { replicationGroupId: "a".repeat(41) },
    { kind: "replication-group", name: 5 },
    "master.c.abc123.xyz9.cache.amazonaws.com",
  ];
  const regions = ["use1", "us-east-1a", "nowhere", "", 5];
  const users = [undefined, "", "not a user", "arn:aws:iam::1:user/me"];
  const callsWith = (options: object): object[] => [
    ...targets.map((target) => ({ ...options, target })),
    ...regions.map((region) => ({ ...options, region })),
    ...users.map((user) => ({ ...options, user })),
  ];
  const others = [
    { credentials: undefined },
    { credentials: {} },
    { credentials: { ...credentials, accessKeyId: "ASIAIOSFODNN7EXAMPLE" } },
    { credentials: { ...credentials, expiration: new Date(0) } },
    { credentials: { ...credentials, sessionToken: "x".repeat(17_000) } },
    { expiresIn: 901 },
    { at: "yesterday" },
    { at: new Date(Number.NaN) },
    { signal: {} },
  ].map((options) => ({ ...good, ...options }));
  const emulators: readonly object[] = [
    ...callsWith({ target: host }),
    { fault: "thunder" },
    { fault: "slow" },
    { fault: "garbage,garbage" },
    { fault: "throttle:2" },
    { connectionLifetime: 0 },
    { names: ["no name"] },
    { names: ["127.0.0.1%eth0"] },
    { host: "192.0.2.1" },
    { users: "{" },
    { users: { users: [] } },
    { users: { users: [{ name: "u" }], cache: { replicationGroupId: host, region: "us-east-1" } } },
    { users: { users: [{ name: "u" }], cache: { replicationGroupId: "c", region: "use1" } } },
    { users: { users: [{ name: "u" }] }, user: "u" },
  ];

  const keep = (options: object) =>
    library.keepAuthenticated({ authenticate: async () => {} }, tokenProvider(good), options);
  type Call = (options: never) => unknown;
  const wrong: readonly (readonly [name: string, call: Call, given: readonly unknown[], refused: number])[] = [
    ["createToken", createToken, [undefined, ...callsWith(good), ...others], 40],
    ["tokenProvider", tokenProvider, [undefined, ...callsWith(good), { ...good, refreshAheadSeconds: 900 }], 30],
    ["parseEndpoint", parseEndpoint, endpoints, 12],
    ["parseToken", (at: never) => parseToken("", at), ["yesterday", new Date(Number.NaN)], 2],
    ["lintToken", (options: never) => lintToken("", options), callsWith({}), 20],
    ["verifyToken", (options: never) => verifyToken("", options), callsWith({ credentials }), 20],
    ["startEmulator", startEmulator, emulators, 30],
    ["keepAuthenticated", keep, [{ everySeconds: 0 }, { everySeconds: 43_200 }, { everySeconds: "1" }], 3],
  ];

  for (const [name, call, given, refused] of wrong) {
    test(`words: the errors of ${name} name no flag`, async () => {
      let errors = 0;
      for (const options of given) {
        const result = Promise.resolve().then(() => call(options as never));
        const error = await result.then(closed, (thrown: unknown) => thrown);
        if (!(error instanceof library.CacheauthError)) continue;
        errors += 1;
        for (const words of [error.message, error.hint]) assert.doesNotMatch(words, ofTheCommandLine);
      }
      assert.ok(errors >= refused, `${errors} errors`);
    });
  }

  test("words: what can be done about it is named as the options are", () => {
    const hintOf = (run: () => unknown): string => {
      try {
        run();
      } catch (error) {
        if (error instanceof library.CacheauthError) return `${error.message} ${error.hint}`;
      }
      return assert.fail("it is refused");
    };
    const provider = (options: object) => () => tokenProvider({ ...good, ...options });
    assert.match(hintOf(provider({ region: "use1" })), /Say region: "us-east-1"\./);
    assert.match(hintOf(provider({ target: { replicationGroupId: "c" } })), /No region: .*Pass region/);
    assert.match(hintOf(provider({ target: {} })), /as the target, or one of replicationGroupId, .*memorydbCluster\.$/);
    assert.match(hintOf(provider({ target: "my-cache" })), /serverlessCacheName or memorydbCluster: "my-cache"\.$/);
    assert.match(
      hintOf(provider({ target: { replicationGroupId: "a", memorydbCluster: "b" } })),
      /^replicationGroupId and memorydbCluster name/,
    );
  });

  test("words: nor do notices and doubts", async () => {
    const told: string[] = [];
    for (const target of [
      { endpoint: host, replicationGroupId: "other" },
      { endpoint: host, serverlessCacheName: "c" },
      { endpoint: "x.dax.use1.cache.amazonaws.com", memorydbCluster: "c" },
    ]) {
      const { notices } = await createToken({ ...good, target, region: "eu-west-1" });
      told.push(...notices.map(({ message }) => message));
    }
    for (const labels of [
      "my-cache-001.abc123.0001.use1",
      "c-ro.abc123.ng.0001.use1",
      "c.abc123.0001.use1",
      "master.c.abc123.ape2",
    ])
      told.push(...parseEndpoint(`${labels}.cache.amazonaws.com`).doubts);
    assert.ok(told.length >= 9, told.join("\n"));
    for (const words of told) assert.doesNotMatch(words, ofTheCommandLine);
  });
}

/** What was made after all takes nothing with it. */
async function closed(made: unknown): Promise<null> {
  await (made as { close?: () => Promise<void> } | undefined)?.close?.();
  return null;
}
