/** Two things wrong at once are both named. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { goodWorld } from "../judge/good-worlds.ts";
import { examine } from "./examine.ts";
import { pairs } from "./pairs.ts";
import { signerOf } from "./token-faults.ts";

for (const [one, other] of pairs) {
  test(`doctor: ${one.rule} and ${other.rule}`, async () => {
    const good = goodWorld("replication-group");
    const world = [one, other].reduce((changed, { change }) => change?.(changed) ?? changed, good);
    const changes = [one, other].reduce((made, { token }) => token?.(made) ?? made, {});
    const token = one.token || other.token ? { token: await signerOf(world, new Date())(changes) } : {};
    const { causes, answer } = await examine({ world, ...token, ...one.given, ...other.given });
    const missing = [one.rule, other.rule].filter((rule) => !causes.includes(rule));
    assert.deepEqual(missing, [], JSON.stringify(answer.verdict, null, 1));
    // What refuses the login first, and of that the certain.
    const ranks = answer.verdict.causes.map(({ severity, likelihood }) => order.indexOf(`${severity} ${likelihood}`));
    assert.deepEqual(ranks, ranks.toSorted());
    // The verdict says of the second as well how sure it is.
    const [, second] = answer.verdict.causes;
    if (second?.severity === "error" && second.likelihood !== "possible") {
      const also = { certain: "And", likely: "And, most likely" }[second.likelihood];
      assert.ok(answer.verdict.summary.includes(` ${also}: ${second.message}`), answer.verdict.summary);
    }
    // Nothing else is an error beside them.
    const others = answer.verdict.causes.filter(
      ({ rule, severity }) => severity === "error" && rule !== one.rule && rule !== other.rule,
    );
    assert.deepEqual(others, []);
  });
}

const order = ["error", "warning"].flatMap((severity) =>
  ["certain", "likely", "possible"].map((likelihood) => `${severity} ${likelihood}`),
);
