import assert from "node:assert/strict";
import { test } from "node:test";
import type * as Library from "../../src/index.ts";
import { movedClock } from "../client/clock.ts";

const minute = 60_000;
const credentials = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};
const given = { target: "master.my-cache.abc123.use1.cache.amazonaws.com:6379", user: "my-user" };

/** The suite of what keeps an application logged in, handed the library: the sources everywhere, the package on the oldest Node. */
export function providerSuite(library: typeof Library): void {
  const { CacheauthError, explainRefusal, keepAuthenticated, lintToken, tokenProvider } = library;

  test("provider: one token for all who ask, good for the target, and the next before it ends", async () => {
    const clock = movedClock();
    let asked = 0;
    const provider = tokenProvider({
      ...given,
      clock,
      random: () => 0,
      credentials: async () => {
        asked += 1;
        return credentials;
      },
    });
    const refreshed: string[] = [];
    provider.on("refresh", ({ expiresAt }) => refreshed.push(expiresAt.toISOString()));
    const tokens = await Promise.all([provider(), provider(), provider()]);
    assert.deepEqual([new Set(tokens).size, asked], [1, 1]);
    const [first] = tokens;
    assert.equal(provider.peek(), first);
    assert.equal(lintToken(first, { ...given, at: clock.now() }).counts.error, 0);
    await clock.move(10 * minute);
    const second = await provider();
    assert.notEqual(second, first);
    assert.equal(lintToken(second, { ...given, at: clock.now() }).counts.error, 0);
    assert.deepEqual(refreshed, ["2025-01-01T00:15:00.000Z", "2025-01-01T00:25:00.000Z"]);
    await provider.close();
    assert.equal(clock.waiting, 0);
  });

  test("provider: a clock that tells milliseconds as well is asked for those, and believed", async () => {
    const clock = movedClock();
    let ms = clock.now().getTime();
    const provider = tokenProvider({ ...given, credentials, clock: { ...clock, nowMs: () => ms } });
    assert.equal(provider.peek(), null);
    const token = await provider();
    ms += 14 * minute;
    assert.equal(provider.peek(), token);
    ms += 2 * minute;
    assert.equal(provider.peek(), null);
    await provider.close();
  });

  test("provider: closed, or its signal aborted, it hands out nothing more", async () => {
    const abort = new AbortController();
    for (const [provider, close] of [
      [tokenProvider({ ...given, credentials }), null],
      [tokenProvider({ ...given, credentials, signal: abort.signal }), abort],
    ] as const) {
      await provider();
      if (close) close.abort();
      else await provider.close();
      assert.equal(provider.peek(), null);
      await assert.rejects(provider(), (error) => error instanceof CacheauthError && error.code === "provider-closed");
    }
  });

  test("provider: where AWS fails, whoever waits is served by a later try, and the failure is told", async () => {
    const clock = movedClock();
    let isDown = true;
    const provider = tokenProvider({
      ...given,
      clock,
      random: () => 0,
      credentials: () => {
        if (isDown) throw new Error("no credentials today");
        return credentials;
      },
    });
    const told: unknown[] = [];
    provider.on("error", ({ error }) => told.push((error as Error).message));
    const waiting = provider();
    await clock.move(50);
    isDown = false;
    await clock.move(1_000);
    assert.match(await waiting, /^my-cache\/\?Action=connect&/);
    assert.deepEqual(told, ["no credentials today"]);
    await provider.close();
  });

  test("provider: what cannot be is told when it is made", () => {
    for (const [code, wrong] of [
      ["user-missing", { user: undefined }],
      ["user-invalid", { user: "a b" }],
      ["credentials-missing", { credentials: undefined }],
      ["endpoint-is-a-name", { target: "my-cache" }],
      ["argument-invalid", { refreshAheadSeconds: 900 }],
    ] as const) {
      const options = { ...given, credentials, ...wrong } as Parameters<typeof tokenProvider>[0];
      assert.throws(
        () => tokenProvider(options),
        (error) => error instanceof CacheauthError && error.code === code,
        code,
      );
    }
  });

  test("keepAuthenticated: a live connection logs in again with a fresh token, and tries again where it is refused", async () => {
    const clock = movedClock();
    const provider = tokenProvider({ ...given, credentials, clock, random: () => 0 });
    const sent: string[] = [];
    const failed: number[] = [];
    const authenticate = async (user: string, token: string) => {
      sent.push(`${user} ${token.slice(0, 8)}`);
      if (sent.length === 1) throw new Error("WRONGPASS");
    };
    const kept = keepAuthenticated({ authenticate }, provider, {
      everySeconds: 3_600,
      onReauthenticationFailed: ({ failures }) => failed.push(failures),
    });
    await clock.move(59 * minute);
    assert.deepEqual(sent, []);
    await clock.move(2 * minute);
    // Signing takes turns of its own, which no clock moves.
    for (let turn = 0; turn < 2_000 && kept.counters().reauthentications === 0; turn += 1) await clock.move(100);
    assert.deepEqual(sent, ["my-user my-cache", "my-user my-cache"]);
    assert.deepEqual([failed, kept.counters()], [[1], { reauthentications: 1, failures: 1 }]);
    kept.stop();
    await clock.move(180 * minute);
    assert.equal(sent.length, 2);
    assert.throws(() => keepAuthenticated({ authenticate }, provider, { everySeconds: 43_200 }), CacheauthError);
    await provider.close();
  });

  test("explainRefusal: says of a client's error what lint says, and null of what is not one", async () => {
    const clock = movedClock();
    const provider = tokenProvider({ ...given, credentials, clock, random: () => 0 });
    await provider();
    const refused = new Error("WRONGPASS invalid username-password pair or user is disabled.");
    assert.match(explainRefusal(refused, provider) ?? "", /my-user at my-cache in us-east-1/);
    assert.match(explainRefusal(new Error("failed", { cause: refused })) ?? "", /refused the user and password/);
    assert.match(explainRefusal(new Error("connect ECONNREFUSED 127.0.0.1:6379")) ?? "", /^Nothing takes connections/);
    assert.equal(explainRefusal(new Error("no such key")), null);
    await provider.close();
  });
}
