import assert from "node:assert/strict";
import { test } from "node:test";
import { findingIds } from "../../src/findings/ids.ts";
import type { ProbeResult } from "../../src/probe/probe.ts";
import { withHostile } from "../real/hostile.ts";
import { attempt, credentials, handsIn, stoppedClock } from "./attempt.ts";
import { type Fault, faults } from "./faults.ts";

const names = ["credentials", "token", "resolve", "connect", "tls", "auth", "ping", "topology"];

const onDeno = "Deno" in globalThis;

function holds(fault: Fault, result: ProbeResult): void {
  const { causes, says } = (onDeno && fault.onDeno) || fault;
  const { stages, verdict } = result;
  const stage = stages.find(({ status }) => status === "failed")?.name ?? null;
  assert.ok([fault.stage, fault.orStage].includes(stage as string), JSON.stringify(result));
  assert.deepEqual(
    stages.map(({ name }) => name),
    names,
  );
  assert.deepEqual(
    verdict.causes.slice(0, Math.max(causes.length, 1)).map(({ rule }) => rule),
    causes,
  );
  assert.match(verdict.causes[0]?.message ?? verdict.summary, says);
  assert.equal(result.ok, stage === null);
  const failed = stage === null ? stages.length : names.indexOf(stage);
  for (const { name, status, durationMs } of stages.slice(failed + 1))
    assert.deepEqual([name, status, durationMs], [name, "skipped", 0]);
  for (const { fix, docs, rule } of verdict.causes) {
    assert.notEqual(fix, "");
    assert.equal(docs, `cacheauth rules ${rule}`);
  }
}

for (const fault of faults) {
  test(`probe: ${fault.server}`, () =>
    withHostile(fault.server, async (server) => {
      const login = await handsIn();
      const clock = stoppedClock();
      const { silentAfter } = fault;
      let passing: Promise<unknown> | null = null;
      const running = attempt(server, {
        // What is made here and what is handed in are told differently.
        ...(fault.causes[0] === "wrongpass" ? {} : { login }),
        ...(silentAfter === undefined ? {} : { clock }),
        onProgress(_, underWay) {
          if (silentAfter === "connect" && underWay === "connect") queueMicrotask(clock.pass);
          if (silentAfter === undefined || silentAfter === "connect" || underWay !== (fault.stage ?? "")) return;
          passing ??= server.saw(silentAfter).then(clock.pass);
        },
      });
      const result = await running;
      await passing;
      holds(fault, result);
      const told = JSON.stringify(result);
      const signature = /Signature=(\w+)/.exec(login.text)?.[1] ?? "";
      assert.equal(signature.length, 64);
      for (let start = 0; start + 8 <= 64; start += 1)
        assert.ok(!told.includes(signature.slice(start, start + 8)), "a piece of the signature");
      assert.ok(!told.includes(credentials.secretAccessKey));
    }));
}

test("probe: there are at least 35 faults, and each live finding that a server alone can cause is among them", () => {
  assert.ok(faults.filter(({ stage }) => stage !== null).length >= 35);
  const elsewhere = [
    "name-not-found",
    "connect-unreachable",
    "tls-not-spoken",
    "tls-required",
    "certificate-not-amazon",
    "auth-inside-multi",
  ];
  const seen = new Set(faults.flatMap(({ causes }) => causes));
  const ids = Object.keys(findingIds);
  const live = ids.slice(ids.indexOf("name-not-found"), ids.indexOf("closed-after-auth") + 1);
  assert.deepEqual(
    live.filter((id) => !seen.has(id as never)),
    elsewhere,
  );
});
