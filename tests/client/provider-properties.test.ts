/** What holds of a provider whatever happens to it: random failures, slow makes, callers, refusals and clocks that are set. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createTokenProvider } from "../../src/client/token-provider.ts";
import type { Token } from "../../src/token/create-token.ts";
import { runs } from "../runs.ts";
import { movedClock } from "./clock.ts";

const second = 1_000;
/** Eight tries in a round of 11 s or more, then half a minute, each a fifth less by chance: three rounds and what callers ask for. */
const mostTriesAMinute = 40;

type Step =
  | { readonly does: "call" | "refresh" | "break" | "mend" | "hold" | "release" }
  | { readonly does: "move"; readonly ms: number }
  | { readonly does: "set"; readonly ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant("call" as const) }) },
  fc.record({ does: fc.constantFrom("refresh", "break", "mend", "hold", "release") }),
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant("move" as const), ms: fc.integer({ min: 1, max: 400 * second }) }),
  },
  fc.record({ does: fc.constant("set" as const), ms: fc.integer({ min: -600 * second, max: 600 * second }) }),
);

test("property: one at a time, none past its end by either clock, few tries a minute, and well again by itself", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 40 }),
      fc.integer({ min: 20, max: 900 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      async (steps, lifeSeconds, chance) => {
        const clock = movedClock();
        const ends = new Map<string, { readonly wall: number; readonly elapsed: number }>();
        const starts: number[] = [];
        let [underWay, made] = [0, 0];
        let broken = false;
        let gate = Promise.resolve();
        let open = () => {};
        const provider = createTokenProvider({
          ...{
            user: "my-user",
            target: {} as never,
            aheadMs: 300 * second,
            clock,
            random: () => chance,
            hold: () => () => {},
          },
          async make() {
            underWay += 1;
            if (underWay > 1) wrong.push("two at once");
            starts.push(clock.elapsedMs());
            await gate;
            underWay -= 1;
            if (broken) throw new Error("broken");
            made += 1;
            const [wall, elapsed] = [clock.now().getTime(), clock.elapsedMs()];
            const life = lifeSeconds * second;
            ends.set(String(made), { wall: wall + life, elapsed: elapsed + life });
            const [issuedAt, expiresAt] = [wall, wall + life].map((ms) => new Date(ms).toISOString());
            return { token: String(made), issuedAt, expiresAt } as unknown as Token;
          },
        });
        const wrong: string[] = [];
        let settled = 0;
        let asked = 0;
        const ask = (call: () => Promise<string>) => {
          asked += 1;
          void call()
            .then(
              (token) => {
                const end = ends.get(token);
                if (!end || clock.now().getTime() >= end.wall || clock.elapsedMs() >= end.elapsed)
                  wrong.push(`${token} past its end`);
              },
              (error) => {
                if (!/broken/.test(String(error))) wrong.push(String(error));
              },
            )
            .then(() => {
              settled += 1;
            });
        };
        for (const one of steps) {
          if (one.does === "call") ask(() => provider());
          else if (one.does === "refresh") ask(() => provider.refresh());
          else if (one.does === "break") broken = true;
          else if (one.does === "mend") broken = false;
          else if (one.does === "hold") {
            open();
            gate = new Promise((resolve) => {
              open = resolve;
            });
          } else if (one.does === "release") open();
          else if (one.does === "set") clock.setTime(clock.now().getTime() + one.ms);
          else if (one.does === "move") await clock.move(one.ms);
          // Whoever is answered goes on before time does.
          await clock.move(0);
        }
        broken = false;
        open();
        gate = Promise.resolve();
        ask(() => provider());
        await clock.move(120 * second);
        assert.deepEqual(wrong, []);
        assert.equal(settled, asked, "who asked was answered");
        const token = provider.peek();
        assert.ok(token !== null && (await provider()) === token, "well again");
        for (const [at, start] of starts.entries()) {
          const within = starts.slice(at).filter((other) => other - start < 60 * second).length;
          assert.ok(within <= mostTriesAMinute, `${within} tries in a minute`);
        }
        await provider.close();
        assert.equal(clock.waiting, 0);
      },
    ),
    runs(3_000),
  ));
