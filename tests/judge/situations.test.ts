/** AWS-side situations, each named by whoever judges a login and, where no token tells it, by AWS's records alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "../../src/findings/finding.ts";
import { judgeCache, judgePolicies, judgeUser } from "../../src/judge/judge-records.ts";
import type { SimulatedDecision, World } from "../../src/judge/world.ts";
import { connectAction, connectArns } from "../../src/policy/connect-arns.ts";
import { allKinds } from "../../src/target/kinds.ts";
import { simulate } from "../fakes/scripted-aws/simulate.ts";
import { goodWorld, judgedIn } from "./good-worlds.ts";
import { type Cause, situationsByKind } from "./situations.ts";

test("situations: a good world of each kind has nothing that is said", async () => {
  for (const kind of allKinds) {
    const world = goodWorld(kind);
    assert.deepEqual(await judgedIn(world), { accepted: true, findings: [] });
    assert.deepEqual(judgedByRecords(world), []);
  }
});

test("situations: there are enough of them", () => {
  assert.ok(new Set(situationsByKind.map(({ name }) => name)).size >= 40);
});

for (const { title, kind, change, cause, byRecords, only } of situationsByKind) {
  const world = change(goodWorld(kind));
  if (only !== "records") {
    test(`situations: ${title}: of a login`, async () => {
      const { accepted, findings } = await judgedIn(world);
      assertFirst(findings, cause);
      assert.equal(accepted, cause?.severity !== "error");
    });
  }
  if (only !== "login") {
    test(`situations: ${title}: of AWS's records`, () => {
      assertFirst(judgedByRecords(world), byRecords ?? cause);
    });
  }
}

function assertFirst(findings: readonly Finding[], cause: Cause | null): void {
  if (cause === null) {
    assert.deepEqual(findings, []);
    return;
  }
  const [first] = findings;
  const { rule, severity, likelihood, fix } = cause;
  assert.deepEqual([first?.rule, first?.severity, first?.likelihood], [rule, severity, likelihood]);
  assert.match(first?.fix ?? "", fix);
}

/** In the order of doctor's checks; what refuses a login first. */
function judgedByRecords(world: World): readonly Finding[] {
  const seen = withSimulation(world);
  const all = [...judgeCache(seen), ...judgeUser("my-user", seen), ...judgePolicies("my-user", seen)];
  return [...all.filter(({ severity }) => severity === "error"), ...all.filter(({ severity }) => severity !== "error")];
}

/** What is known where nobody has the policies themselves, only the simulator's word. */
function withSimulation(world: World): World {
  const { target, keys } = world;
  const [key] = keys;
  if (!key) return world;
  const arns = connectArns(target, "my-user", target.accountId ?? "");
  const decided = (resource: string): SimulatedDecision => {
    const told = simulate(key, connectAction(target.kind), resource);
    return {
      decision: decisions[told.decision],
      policies: told.policies ?? [],
      missingKeys: told.missingKeys ?? [],
      allowedByBoundary: told.allowedByBoundary ?? null,
      allowedByOrganisation: told.allowedByOrganisation ?? null,
    };
  };
  return {
    ...world,
    simulated: {
      principal: "arn:aws:iam::123456789012:role/app",
      cache: decided(arns.cache),
      user: decided(arns.user),
    },
  };
}

const decisions = { allowed: "allowed", implicitDeny: "implicit-deny", explicitDeny: "explicit-deny" } as const;
