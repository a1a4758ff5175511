/** Live connections over two days, at a clock that is moved by hand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CacheauthError, explainRefusal, keepAuthenticated, tokenProvider } from "../../src/index.ts";
import { movedClock } from "./clock.ts";

const hour = 3_600_000;
const keys = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" };

function setUp(random: () => number = () => 0) {
  const clock = movedClock();
  const target = { kind: "replication-group", name: "my-cache" } as const;
  const given = { target, region: "us-east-1", user: "my-user", credentials: keys, clock, random };
  return { clock, provider: tokenProvider(given) };
}

test("two days of a fleet: none goes 12 hours without a login, and they do not come at once", async () => {
  let seed = 1;
  const { clock, provider } = setUp(() => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  });
  await provider();
  const logins = Array.from({ length: 50 }, () => [0]);
  const kept = logins.map((times) =>
    keepAuthenticated({ authenticate: async () => times.push(clock.elapsedMs()) }, provider),
  );
  while (clock.elapsedMs() < 48 * hour) await clock.move(60_000);
  for (const times of logins) {
    assert.ok(times.length >= 5, `${times.length} logins`);
    for (const [at, time] of times.slice(1).entries()) {
      const gap = time - (times[at] ?? 0);
      assert.ok(gap <= 11 * hour + 60_000 && gap >= 9.9 * hour, `${gap / hour} hours`);
    }
  }
  const first = logins.map(([, time = 0]) => time);
  assert.ok(Math.max(...first) - Math.min(...first) > hour / 2);
  for (const one of kept) one.stop();
  await provider.close();
  assert.equal(clock.waiting, 0);
});

test("a refused one is tried again, told and counted; one that is not free waits until it is", async () => {
  const { clock, provider } = setUp();
  let [refused, sent] = [3, 0];
  let free: (() => void) | null = null;
  const failures: number[] = [];
  const kept = keepAuthenticated(
    {
      async authenticate(user, token) {
        assert.ok(user === "my-user" && token.startsWith("my-cache/?Action=connect"));
        sent += 1;
        refused -= 1;
        if (refused >= 0) throw new Error("WRONGPASS");
      },
      whenFree(send) {
        free = send;
        return () => {
          free = null;
        };
      },
    },
    provider,
    { onReauthenticationFailed: (event) => failures.push(event.failures) },
  );
  await provider();
  const lookUntil = async (until: () => boolean) => {
    for (let turn = 0; turn < 2_000 && !until(); turn += 1) await clock.move(100);
    assert.ok(until());
  };
  await clock.move(11 * hour);
  for (let turn = 1; turn <= 4; turn += 1) {
    await lookUntil(() => free !== null);
    await clock.move(2_000);
    assert.equal(sent, turn - 1, "not before it is free");
    const send = free as unknown as () => void;
    free = null;
    send();
    await lookUntil(() => kept.counters().failures + kept.counters().reauthentications === turn);
  }
  assert.deepEqual([failures, kept.counters()], [[1, 2, 3], { reauthentications: 1, failures: 3 }]);
  kept.stop();
  await provider.close();
  assert.equal(clock.waiting, 0);
});

test("more than 12 hours are no interval", () => {
  const { provider } = setUp();
  for (const everySeconds of [0, -1, 43_200, Number.NaN]) {
    assert.throws(
      () => keepAuthenticated({ authenticate: async () => {} }, provider, { everySeconds }),
      (error) => error instanceof CacheauthError && error.code === "argument-invalid",
    );
  }
});

test("a provider that is closed, by its signal too, rejects who waits and who asks", async () => {
  const aborter = new AbortController();
  const never = new Promise<typeof keys>(() => {});
  const target = { kind: "replication-group", name: "my-cache" } as const;
  const given = { target, region: "us-east-1", user: "my-user", credentials: () => never, signal: aborter.signal };
  const provider = tokenProvider(given);
  const isClosed = (error: unknown) => error instanceof CacheauthError && error.code === "provider-closed";
  const waits = assert.rejects(provider(), isClosed);
  const own = new AbortController();
  const gaveUp = assert.rejects(provider({ signal: own.signal }), /enough/);
  own.abort(new Error("enough"));
  await gaveUp;
  aborter.abort();
  await waits;
  await assert.rejects(provider(), isClosed);
  assert.equal(provider.peek(), null);
});

test("a client's error is explained as lint does, however it is wrapped, and never with the token", async () => {
  const { provider } = setUp();
  const token = await provider();
  const wrongpass = new Error("WRONGPASS invalid username-password pair or user is disabled.");
  for (const error of [
    wrongpass,
    new Error("Failed to refresh slots cache.", { cause: wrongpass }),
    new AggregateError([wrongpass], "all failed"),
    Object.assign(new Error("cluster"), { lastNodeError: wrongpass }),
  ]) {
    const why = explainRefusal(error, provider) ?? "";
    assert.match(why, /^The server says so for a wrong token, .* my-user at my-cache in us-east-1 /);
    assert.ok(!why.includes(token) && !/X-Amz/.test(why));
  }
  assert.match(explainRefusal(Object.assign(new Error("connect"), { code: "ECONNREFUSED" }), provider) ?? "", /\w/);
  assert.equal(explainRefusal(new Error("no such key"), provider), null);
  await provider.close();
});
