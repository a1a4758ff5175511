/**
 * A world that AWS tells, page by page and in its own words, is the world that it has: what is said of its records is what the
 * judge says of it, however many things are wrong at once.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Finding } from "../../src/findings/finding.ts";
import { allKinds } from "../../src/target/kinds.ts";
import { goodWorld } from "../judge/good-worlds.ts";
import { judgedByCheck } from "../judge/judged-by-records.ts";
import { situationsByKind } from "../judge/situations.ts";
import { runs } from "../runs.ts";
import { examine } from "./examine.ts";

/** Where the login works all the same, nothing is an error. */
const said = (findings: readonly Finding[], works: boolean) =>
  findings.map(({ rule, severity, likelihood, fix }) => {
    const told = works && severity === "error" ? "warning possible" : `${severity} ${likelihood}`;
    return `${told} ${rule}: ${fix}`;
  });

test("doctor: several situations at once are told as the judge tells them", () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...allKinds),
      fc.array(fc.nat(), { minLength: 2, maxLength: 5 }),
      fc.constantFrom(1, 2, 100),
      async (kind, picks, pageSize) => {
        // Of a cache that is not there nothing else can be said.
        const own = situationsByKind.filter((one) => one.kind === kind && one.cause?.rule !== "cache-not-found");
        const chosen = picks.flatMap((pick) => own[pick % own.length] ?? []);
        const world = chosen.reduce((changed, { change }) => change(changed), goodWorld(kind));
        const { answer } = await examine({ world, script: { pageSize } });
        for (const [name, findings] of Object.entries(judgedByCheck(world))) {
          const check = answer.checks.find((one) => one.name === name);
          const names = chosen.map((one) => one.name).join(", ");
          assert.deepEqual(
            said((check?.findings ?? []) as readonly Finding[], answer.ok),
            said(findings, answer.ok),
            `${name}: ${names}`,
          );
        }
      },
    ),
    runs(40),
  ));
