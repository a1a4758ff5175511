/**
 * A lock between processes that a killed holder does not keep. node:fs has no flock, and what is usual instead, one file
 * that a newcomer removes when its holder seems dead, can remove the lock of a third that came between. Here nobody
 * ever removes a name that another may use again: the lock is a folder, and whoever wants it puts a claim of its own in
 * it, then looks for claims of others. Of two, the later to look sees the earlier, so never do both go on.
 *
 * A claim's name says whose it is: process, its start, the process namespace (two containers that share a volume both
 * have a process 1) and the machine's boot. Where these tell no more, the claim's time does: its holder renews it.
 */
import { lstat, mkdir, open, readdir, readFile, readlink, rm, rmdir, utimes } from "node:fs/promises";
import { join } from "node:path";
// The global one gives a bare number on Deno up to 2.8.
import { clearInterval, setInterval } from "node:timers";
import { fieldsOf } from "./process-stat.ts";

export interface LockTiming {
  /** How often a holder renews its claim, in milliseconds. */
  readonly beatMs: number;
}

/** The failure of a lock that is held. `processId` is null where the holder is in another container or machine. */
export type LockedError = Error & { readonly code: "ELOCKED"; readonly processId: number | null };

/** How often two that came at once try again before both give up. */
const mostRounds = 10;

export async function lockFolder(path: string, { beatMs }: LockTiming = { beatMs: 5_000 }) {
  const self = await identity();
  let seenBefore: readonly string[] = [];
  for (let round = 1; ; round += 1) {
    const claim = await makeClaim(path, self);
    const beat = setInterval(() => void renew(claim), beatMs);
    beat.unref();
    let others: readonly string[];
    try {
      others = await livingOthers(path, claim, self, beatMs);
    } catch (error) {
      await release(path, claim, beat);
      throw error;
    }
    if (others.length === 0) return () => release(path, claim, beat);
    await release(path, claim, beat);
    // Who only tries takes its claim back between two rounds; who stays is a holder.
    const holder = others.find((name) => seenBefore.includes(name)) ?? (round === mostRounds ? others[0] : undefined);
    if (holder !== undefined) throw locked(holder, self);
    seenBefore = others;
    await pause(Math.random() * 20 * round);
  }
}

interface Identity {
  readonly processId: string;
  /** Clock ticks from the boot to the process's start; `0` where the system does not tell. */
  readonly start: string;
  /** Processes of one place see each other by their numbers. */
  readonly place: string;
}

async function identity(): Promise<Identity> {
  const [boot, space] = await Promise.all([
    readFile("/proc/sys/kernel/random/boot_id", "latin1").catch(() => ""),
    readlink("/proc/self/ns/pid").catch(() => ""),
  ]);
  const place = `${boot.slice(0, 8) || "0"}-${/\d+/.exec(space)?.[0] ?? "0"}`;
  return { processId: String(process.pid), start: (await startOf(String(process.pid))) ?? "0", place };
}

async function makeClaim(path: string, { processId, start, place }: Identity): Promise<string> {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(8))).toString("hex");
  const claim = join(path, [processId, start, place, nonce].join("."));
  for (let tries = 1; ; tries += 1) {
    await mkdir(path, { mode: 0o700 }).catch((error) => {
      if (codeOf(error) !== "EEXIST") throw error;
    });
    // Never through a link that somebody put there.
    if (!(await isFolder(path))) throw Object.assign(new Error("the lock is no folder"), { code: "ENOTDIR" });
    try {
      await (await open(claim, "wx", 0o600)).close();
      return claim;
    } catch (error) {
      // The last holder has just removed the folder.
      if (codeOf(error) !== "ENOENT" || tries === 100) throw error;
    }
  }
}

/** The claims of others that live. Those of dead processes are removed: their names are never used again. */
async function livingOthers(path: string, claim: string, self: Identity, beatMs: number): Promise<readonly string[]> {
  const names = (await readdir(path)).filter((name) => join(path, name) !== claim);
  const lives = await Promise.all(names.map((name) => isLiving(path, name, self, beatMs)));
  await Promise.all(names.filter((_, at) => !lives[at]).map((name) => rm(join(path, name), { force: true })));
  return names.filter((_, at) => lives[at]);
}

async function isLiving(path: string, name: string, self: Identity, beatMs: number): Promise<boolean> {
  const [processId = "", start = "0", place = ""] = name.split(".");
  if (place === self.place && /^\d+$/.test(processId)) {
    if (!isRunning(Number(processId))) return false;
    const now = await startOf(processId);
    if (now !== null && start !== "0") return now === start;
  }
  return isRenewed(join(path, name), beatMs);
}

/** Waits for the holder to renew its claim, a little longer than it may take. Times are compared with each other alone. */
async function isRenewed(claim: string, beatMs: number): Promise<boolean> {
  const first = await timeOf(claim);
  const step = beatMs / 5;
  for (let waited = 0; waited <= 2.4 * beatMs; waited += step) {
    const now = await timeOf(claim);
    if (now === null) return false;
    if (now !== first) return true;
    await pause(step);
  }
  return false;
}

async function release(path: string, claim: string, beat: NodeJS.Timeout): Promise<void> {
  clearInterval(beat);
  await rm(claim, { force: true });
  // Somebody else's claim may be in it.
  await rmdir(path).catch(() => {});
}

async function renew(claim: string): Promise<void> {
  const now = new Date();
  await utimes(claim, now, now).catch(() => {});
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** Field 22 of /proc/PID/stat; null where nothing tells. A zombie, which only waits to be counted, has none that counts. */
async function startOf(processId: string): Promise<string | null> {
  try {
    const fields = fieldsOf(await readFile(`/proc/${processId}/stat`, "latin1"));
    return fields[0] === "Z" || fields[0] === "X" ? "dead" : (fields[19] ?? null);
  } catch {
    return null;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return lstat(path).then(
    (stat) => stat.isDirectory(),
    (error) => codeOf(error) === "ENOENT",
  );
}

async function timeOf(path: string): Promise<number | null> {
  return lstat(path).then(
    (stat) => stat.mtimeMs,
    () => null,
  );
}

function locked(name: string, self: Identity): LockedError {
  const [processId, , place] = name.split(".");
  return Object.assign(new Error("the lock is held"), {
    code: "ELOCKED" as const,
    processId: place === self.place ? Number(processId) : null,
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
