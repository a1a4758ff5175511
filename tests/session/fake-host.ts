import type { Host } from "../../src/runtime.ts";
import type { Session } from "../../src/session/session.ts";

/**
 * A host whose disk, clock and locks are the test's. A fake: real files would need real time to pass. tests/app has the real
 * ones.
 */
export interface FakeHost extends Host {
  readonly files: Map<string, string>;
  /** Paths in the order in which they were written. */
  readonly writes: string[];
  /** What fails, by path: with this code. */
  readonly faults: Map<string, string>;
  readonly locks: Set<string>;
  /** Tells whoever watches a folder that something in it changed. */
  change(folder: string, name: string | null): void;
  readonly watched: () => readonly string[];
  /** How many timers wait. */
  readonly timers: () => number;
  /** Lets time pass, and everything run that is due. */
  pass(ms: number): Promise<void>;
}

export function fakeHost(files: Readonly<Record<string, string>> = {}, options: Partial<Host> = {}): FakeHost {
  const disk = new Map(Object.entries(files));
  const faults = new Map<string, string>();
  const writes: string[] = [];
  const locks = new Set<string>();
  const watchers = new Set<{ folder: string; changed: (name: string | null) => void }>();
  let now = Date.parse("2025-01-01T00:00:00Z");
  let timers: { at: number; run: () => void }[] = [];
  const fail = (code: string) => Object.assign(new Error(code), { code });
  const check = (path: string) => {
    const code = faults.get(path);
    if (code) throw fail(code);
  };
  const host = {
    files: disk,
    writes,
    faults,
    locks,
    env: {},
    platform: "linux",
    homeDirectory: "/home/me",
    now: () => new Date(now),
    async readFile(path: string) {
      check(path);
      const text = disk.get(path);
      if (text === undefined) throw fail("ENOENT");
      return new TextEncoder().encode(text);
    },
    async makeOwnFolder(path: string) {
      check(path);
    },
    async removeUnfinished() {},
    async writePrivateFile(path: string, text: string) {
      check(path);
      writes.push(path);
      disk.set(path, text);
    },
    async lock(path: string) {
      check(path);
      if (locks.has(path)) throw Object.assign(fail("ELOCKED"), { processId: 4711 });
      locks.add(path);
      return async () => void locks.delete(path);
    },
    after(ms: number, run: () => void) {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    async watchFolder(folder: string, changed: (name: string | null) => void) {
      check(folder);
      const watcher = { folder, changed };
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    change(folder: string, name: string | null) {
      for (const watcher of [...watchers]) if (watcher.folder === folder) watcher.changed(name);
    },
    watched: () => [...watchers].map(({ folder }) => folder),
    timers: () => timers.length,
    async pass(ms: number) {
      const end = now + ms;
      for (;;) {
        await settled();
        const next = timers.toSorted((a, b) => a.at - b.at)[0];
        if (!next || next.at > end) break;
        timers = timers.filter((other) => other !== next);
        now = Math.max(now, next.at);
        next.run();
      }
      now = end;
      await settled();
    },
    ...options,
  };
  return host as unknown as FakeHost;
}

/** Lets all promises that can go on do so. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
}

export const own = `[default]
aws_access_key_id = AKIADEFAULT000000000
aws_secret_access_key = default-secret
[dev]
aws_access_key_id = AKIADEV0000000000000
aws_secret_access_key = dev-secret
region = eu-west-1
`;

/** A session of [dev] of twelve hours, made when the fake clock began. */
export function sessionOf(more: Partial<Session> = {}): Session {
  return {
    profile: "dev",
    accessKeyId: "ASIASESSION000000000",
    secretAccessKey: "session-secret",
    sessionToken: "session-token==",
    madeAt: new Date("2025-01-01T00:00:00Z"),
    expiresAt: new Date("2025-01-01T12:00:00Z"),
    serial: "arn:aws:iam::123456789012:mfa/me",
    ownKeyId: "AKIADEV0000000000000",
    ...more,
  };
}
