/**
 * An emulator of the test's own, on real sockets in clear text unless it says otherwise, with a clock and timers that stand
 * still until the test moves them.
 */
import { once } from "node:events";
import { connect } from "node:net";
import type { Decision, RunningNotice } from "../../src/emulate/decision.ts";
import { type EmulatorOptions, startEmulator } from "../../src/emulate/emulator.ts";
import type { EmulatorPorts } from "../../src/emulate/serving.ts";
import type { World } from "../../src/judge/world.ts";
import { nodeHash, nodeNet, nodeProcess } from "../../src/node-runtime.ts";
import { createDecoder } from "../../src/resp/decode.ts";
import { encodeCommand } from "../../src/resp/encode.ts";
import { type RespValue, text } from "../../src/resp/value.ts";
import type { Target } from "../../src/target/kinds.ts";
import { createTokenAt } from "../../src/token/create-token.ts";
import { usualOptions } from "./usual-options.ts";

export const start: Date = new Date("2025-01-31T12:00:00Z");

export const credentials = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};

export const target: Target = {
  service: "elasticache",
  kind: "replication-group",
  name: "my-cache",
  region: "us-east-1",
  partition: "aws",
  endpoint: null,
};

export const world: World = {
  target: { ...target, accountId: null },
  groups: null,
  users: [{ id: "my-user", name: "my-user", authentication: "iam", enabled: true }],
  keys: [{ ...credentials, sessionToken: null, expiresAt: null, active: true, policies: null }],
};

/** The same cache, where the user named default is on and needs no password. */
export const openWorld: World = {
  ...world,
  users: [...world.users, { id: "default", name: "default", authentication: "no-password", enabled: true }],
};

export interface Clock {
  now(): Date;
  /** Moves the time, and runs what is due on the way. */
  advance(ms: number): void;
  /** How many timers wait. */
  readonly waiting: number;
  readonly ports: Pick<EmulatorPorts, "now" | "elapsedMs" | "after">;
}

function createClock(): Clock {
  let ms = 0;
  let timers: { at: number; run: () => void }[] = [];
  const now = () => new Date(start.getTime() + ms);
  return {
    now,
    advance(more) {
      const until = ms + more;
      for (;;) {
        const due = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        timers = timers.filter((timer) => timer !== due);
        ms = due.at;
        due.run();
      }
      ms = until;
    },
    get waiting() {
      return timers.length;
    },
    ports: {
      now,
      elapsedMs: () => ms,
      after(delay, run) {
        // No time passes: it only lets others have their turn.
        if (delay === 0) {
          const immediate = setImmediate(run);
          return () => clearImmediate(immediate);
        }
        const timer = { at: ms + delay, run };
        timers.push(timer);
        return () => {
          timers = timers.filter((one) => one !== timer);
        };
      },
    },
  };
}

export interface Running {
  readonly port: number;
  readonly nodes: readonly number[];
  readonly clock: Clock;
  readonly decisions: Decision[];
  readonly notices: RunningNotice[];
  /** Resolves when there are so many decisions. */
  decided(count: number): Promise<void>;
  noticed(code: string): Promise<RunningNotice>;
  close(): Promise<void>;
}

export async function emulating<T>(
  options: Partial<EmulatorOptions>,
  use: (running: Running) => Promise<T>,
): Promise<T> {
  const clock = createClock();
  const decisions: Decision[] = [];
  const notices: RunningNotice[] = [];
  const waiting = new Set<() => void>();
  const tell = () => {
    for (const wake of waiting) wake();
  };
  const until = async (isSo: () => boolean) => {
    while (!isSo()) {
      await new Promise<void>((resolve) => {
        const wake = () => {
          waiting.delete(wake);
          resolve();
        };
        waiting.add(wake);
      });
    }
  };
  const emulator = await startEmulator(
    {
      world,
      ...usualOptions,
      ...options,
    },
    { ...clock.ports, random: nodeProcess.random, net: await nodeNet() },
    await nodeHash(),
    {
      decided(decision) {
        decisions.push(decision);
        tell();
      },
      notice(notice) {
        notices.push(notice);
        tell();
      },
    },
  );
  try {
    return await use({
      port: emulator.ports[0] ?? 0,
      nodes: emulator.ports,
      clock,
      decisions,
      notices,
      decided: (count) => until(() => decisions.length >= count),
      async noticed(code) {
        await until(() => notices.some((notice) => notice.code === code));
        return notices.find((notice) => notice.code === code) as RunningNotice;
      },
      close: emulator.close,
    });
  } finally {
    await emulator.close();
  }
}

/** A token for my-user, unless it says otherwise. */
export async function tokenAt(
  at: Date,
  { user = "my-user", keys = credentials, cache = target, expiresIn = 900 } = {},
): Promise<string> {
  const made = await createTokenAt(
    { target: cache, user, credentials: { ...keys, source: "the test" }, at, expiresIn },
    await nodeHash(),
  );
  return made.token ?? "";
}

/** A client that does nothing by itself: what is not asked for is not read. */
export interface Client {
  /** A command and its reply, in one word each where they are one: `-WRONGPASS …`, `:1`, `+OK`, `$text`. */
  ask(...words: string[]): Promise<string>;
  send(...words: string[]): void;
  sendRaw(bytes: string | Uint8Array): void;
  reply(): Promise<string>;
  value(): Promise<RespValue>;
  /** Resolves when the other side has closed. */
  closed(): Promise<void>;
  destroy(): void;
}

export async function dial(port: number): Promise<Client> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  return clientOver(socket);
}

export function clientOver(socket: import("node:net").Socket): Client {
  const decoder = createDecoder({ bytes: 1 << 28 });
  let isClosed = false;
  let wake = () => {};
  // Not pause() and resume(): a Deno of 2.6 mixes up the bytes.
  socket.on("readable", () => wake());
  socket.on("error", () => {});
  for (const event of ["end", "close"]) {
    socket.on(event, () => {
      isClosed = true;
      wake();
    });
  }
  const more = async (): Promise<void> => {
    const chunk = socket.read() as Uint8Array | null;
    if (chunk) return decoder.push(new Uint8Array(chunk));
    if (isClosed) throw new Error("closed");
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  };
  const value = async (): Promise<RespValue> => {
    for (;;) {
      const decoded = decoder.next();
      if (decoded.kind === "value") return decoded.value;
      if (decoded.kind === "malformed") throw new Error(`the reply is malformed: ${decoded.reason}`);
      await more();
    }
  };
  const client: Client = {
    async ask(...words) {
      client.send(...words);
      return client.reply();
    },
    send: (...words) => void socket.write(encodeCommand(...words)),
    sendRaw: (bytes) => void socket.write(bytes),
    reply: async () => shown(await value()),
    value,
    async closed() {
      while (!isClosed) await more();
    },
    destroy: () => void socket.destroy(),
  };
  return client;
}

/** A reply in one line. */
export function shown(value: RespValue): string {
  switch (value.type) {
    case "simple-string":
      return `+${text(value)}`;
    case "simple-error":
      return `-${text(value)}`;
    case "bulk-string":
      return `$${text(value)}`;
    case "integer":
      return `:${text(value)}`;
    case "null":
      return "nil";
    case "array":
      return `[${value.items.map(shown).join(" ")}]`;
    case "push":
      return `>[${value.items.map(shown).join(" ")}]`;
    case "map":
      return `{${value.entries.map(([name, inner]) => `${shown(name)}=${shown(inner)}`).join(" ")}}`;
    default:
      return `${value.type} ${text(value)}`;
  }
}
