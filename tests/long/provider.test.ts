/** A provider through 100,000 refreshes, a hundred days of its life, at a clock that is moved by hand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { keepAuthenticated, tokenProvider } from "../../src/index.ts";
import { movedClock } from "../client/clock.ts";

const minute = 60_000;
const refreshes = 100_000;

test("a provider's memory is flat over 100,000 refreshes, with no rejection that nobody sees", async () => {
  const unseen: unknown[] = [];
  const see = (reason: unknown) => unseen.push(reason);
  process.on("unhandledRejection", see);
  const clock = movedClock();
  let asked = 0;
  const provider = tokenProvider({
    ...{ target: { kind: "replication-group", name: "my-cache" }, region: "us-east-1", user: "my-user", clock },
    // Every 100 seconds: a life of 15 minutes less that.
    refreshAheadSeconds: 800,
    credentials() {
      asked += 1;
      // Every hundredth try fails: that is seen by nobody but the events.
      if (asked % 100 === 0) throw new Error("throttled");
      return { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" };
    },
  });
  let again = 0;
  const authenticate = async () => {
    again += 1;
  };
  const kept = keepAuthenticated({ authenticate }, provider);
  const used: number[] = [];
  await provider();
  while (provider.counters().refreshes < refreshes) {
    const before = provider.counters().refreshes;
    await clock.move(minute);
    assert.ok((await provider()).length > 100);
    const now = provider.counters().refreshes;
    if (now === before || now % 20 !== 0) continue;
    // What is not collected yet is in it: the least of each tenth is what is held.
    const tenth = Math.min(9, Math.floor(now / 10_000));
    used[tenth] = Math.min(used[tenth] ?? Number.POSITIVE_INFINITY, process.memoryUsage().heapUsed / (1 << 20));
  }
  kept.stop();
  await provider.close();
  process.off("unhandledRejection", see);
  const shown = used.map((mebibytes) => mebibytes.toFixed(1)).join(" ");
  console.log(
    `least heap in MiB of each 10,000 refreshes: ${shown}; ${again} logins again, ${provider.counters().failures} failures`,
  );
  assert.deepEqual(unseen, []);
  const least = (from: number, to: number) => Math.min(...used.slice(from, to));
  // A hundred bytes kept of each would be 6 MiB.
  assert.ok(used.length === 10 && least(7, 10) < least(0, 3) + 4, shown);
  assert.ok(again > 200);
});
