/** Each fault of what is around a token, alone in an otherwise good world, is named first. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { goodWorld } from "../judge/good-worlds.ts";
import { withHostile } from "../real/hostile.ts";
import { type Examined, examine } from "./examine.ts";
import { surroundingFaults } from "./surrounding-faults.ts";

const world = goodWorld("replication-group");
const local = { ...world, target: { ...world.target, endpoint: { host: "localhost", port: 6379 } } };

for (const { name, given, server, cause, exit } of surroundingFaults) {
  test(`doctor: ${name}: ${cause}`, async () => {
    const examined = await (server === undefined
      ? examine({ world, ...given })
      : withHostile(server, (hostile) => examine({ world: local, server: hostile, ...given })));
    assertFirst(examined, cause, exit);
  });
}

function assertFirst({ code, causes, answer }: Examined, cause: string, exit: number): void {
  assert.equal(causes[0], cause, JSON.stringify(answer.verdict, null, 1));
  assert.equal(code, exit);
  assert.equal(answer.ok, exit === 0);
}
