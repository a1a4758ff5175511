/** The first address that answers, by a clock that the test turns and connections that the test opens. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { connectFirst } from "../../src/probe/happy-eyeballs.ts";
import type { Connection, IpAddress, Net } from "../../src/runtime.ts";
import { pending, settled, turnedClock } from "../walk/clock.ts";

const four = (last: number): IpAddress => ({ address: `10.0.0.${last}`, family: 4 });
const six = (last: number): IpAddress => ({ address: `fd00::${last}`, family: 6 });

function around(...addresses: IpAddress[]) {
  const clock = turnedClock();
  const stop = new AbortController();
  /** Each attempt in its order. */
  const begun: {
    address: string;
    open(): void;
    fail(code?: string): void;
    signal: AbortSignal;
    isDestroyed: boolean;
  }[] = [];
  const net = {
    connect({ address, port, signal }) {
      assert.equal(port, 6379);
      const { promise, resolve, reject } = pending<Connection>();
      const destroy = () => {
        attempt.isDestroyed = true;
      };
      const attempt = {
        address,
        signal: signal as AbortSignal,
        isDestroyed: false,
        open: () => resolve({ destroy } as unknown as Connection),
        fail: (code?: string) => reject(Object.assign(new Error("no"), { code })),
      };
      begun.push(attempt);
      return promise;
    },
  } as Pick<Net, "connect"> as Net;
  const told: string[] = [];
  const connecting = connectFirst(addresses, 6379, { net, clock }, stop.signal, (address, code) => {
    told.push(`${address} ${code}`);
  });
  return { clock, begun, told, connecting, stop, order: () => begun.map(({ address }) => address) };
}

test("happy eyeballs: the families in turn, 250 ms apart, from the one that the system has first", async () => {
  const { clock, order } = around(six(1), six(2), four(1), four(2), four(3));
  assert.deepEqual(order(), ["fd00::1"]);
  await clock.pass(249);
  assert.deepEqual(order(), ["fd00::1"]);
  await clock.pass(1);
  assert.deepEqual(order(), ["fd00::1", "10.0.0.1"]);
  await clock.pass(1_000);
  assert.deepEqual(order(), ["fd00::1", "10.0.0.1", "fd00::2", "10.0.0.2", "10.0.0.3"]);
  const other = around(four(1), six(1), six(2), six(3));
  await other.clock.pass(1_000);
  assert.deepEqual(other.order(), ["10.0.0.1", "fd00::1", "fd00::2", "fd00::3"]);
});

test("happy eyeballs: the first to answer wins, the others are called off, and one that arrives late is let go", async () => {
  const { clock, begun, told, connecting } = around(six(1), four(1), four(2));
  await clock.pass(300);
  const [first, second] = begun;
  second?.open();
  const won = await connecting;
  assert.equal(won?.address.address, "10.0.0.1");
  assert.equal(second?.isDestroyed, false);
  assert.equal(first?.signal.aborted, true);
  first?.open();
  await clock.pass(1_000);
  assert.equal(first?.isDestroyed, true);
  // The third was never begun, and no timer is left.
  assert.deepEqual([begun.length, clock.waiting, told], [2, 0, []]);
});

test("happy eyeballs: where one fails the next begins at once", async () => {
  const { begun, told, connecting, order } = around(six(1), four(1));
  begun[0]?.fail("ENETUNREACH");
  await settled();
  assert.deepEqual(order(), ["fd00::1", "10.0.0.1"]);
  begun[1]?.open();
  assert.equal((await connecting)?.address.family, 4);
  assert.deepEqual(told, ["fd00::1 ENETUNREACH"]);
});

test("happy eyeballs: a failure begins one more, not one for itself and one for its timer", async () => {
  const { clock, begun, order } = around(four(1), four(2), four(3));
  await clock.pass(200);
  begun[0]?.fail("ECONNREFUSED");
  await settled();
  await clock.pass(249);
  assert.deepEqual(order(), ["10.0.0.1", "10.0.0.2"]);
  await clock.pass(1);
  assert.deepEqual(order(), ["10.0.0.1", "10.0.0.2", "10.0.0.3"]);
});

test("happy eyeballs: it is over when all have failed, each with its code", async () => {
  const { clock, begun, told, connecting } = around(six(1), four(1));
  await clock.pass(250);
  begun[1]?.fail("ECONNREFUSED");
  await settled();
  assert.deepEqual(told, ["10.0.0.1 ECONNREFUSED"]);
  begun[0]?.fail();
  assert.equal(await connecting, null);
  assert.deepEqual(told, ["10.0.0.1 ECONNREFUSED", "fd00::1 unknown"]);
  assert.equal(clock.waiting, 0);
});

test("happy eyeballs: an abort calls all off, and what fails for that is not told", async () => {
  const { clock, begun, told, connecting, stop } = around(six(1), four(1), four(2));
  await clock.pass(250);
  begun[0]?.fail("ETIMEDOUT");
  await settled();
  stop.abort();
  assert.equal(await connecting, null);
  for (const { signal, fail } of begun.slice(1)) {
    assert.equal(signal.aborted, true);
    fail("ABORT_ERR");
  }
  await clock.pass(1_000);
  assert.deepEqual([told, begun.length, clock.waiting], [["fd00::1 ETIMEDOUT"], 3, 0]);
});

test("happy eyeballs: aborted before, nothing is begun", async () => {
  const clock = turnedClock();
  const net = { connect: () => assert.fail("it began") } as unknown as Net;
  assert.equal(await connectFirst([four(1)], 6379, { net, clock }, AbortSignal.abort()), null);
});
