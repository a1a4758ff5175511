/** Each fault of a token, handed in alone to an otherwise good world, is named first. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { World } from "../../src/judge/world.ts";
import { goodWorld } from "../judge/good-worlds.ts";
import { examine } from "./examine.ts";
import { signerOf, tokenFaults } from "./token-faults.ts";

for (const { name, kind = "replication-group", make, cause, isWarning = false } of tokenFaults) {
  test(`doctor: a token with ${name}: ${cause}`, async () => {
    const world = goodWorld(kind);
    const token = await make(signerOf(world, new Date()), keyOf(world));
    const { code, causes, answer } = await examine({ world, token });
    assert.equal(causes[0], cause, JSON.stringify(answer.verdict, null, 1));
    assert.equal(code === 0, isWarning);
  });
}

function keyOf({ keys: [key] }: World) {
  if (!key) throw new Error("no key");
  return key;
}
