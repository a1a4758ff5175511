/**
 * Whole processes, started in turn, round after round, so that a busy moment falls on all of them; medians. The first four rounds
 * are not counted.
 */
import { spawnSync } from "node:child_process";

export interface Started {
  readonly name: string;
  readonly command: readonly string[];
  readonly input?: string;
  /** In which of the rounds: in each, or, for the slow, in each fourth. */
  readonly every?: 1 | 4;
}

export interface Measured<T> {
  readonly started: T;
  readonly ms: number;
  /** What the last of them printed. */
  readonly stdout: string;
}

export function inTurn<T extends Started>(
  all: readonly T[],
  rounds: number,
  env: Readonly<Record<string, string>>,
): readonly Measured<T>[] {
  const seen = all.map((started) => ({ started, times: [] as number[], stdout: "" }));
  for (let round = -4; round < rounds; round += 1) {
    for (const one of seen) {
      const { name, command, input = "", every = 1 } = one.started;
      if (round % every !== 0) continue;
      const [file = "", ...args] = command;
      const start = performance.now();
      const { status, stdout, stderr, error } = spawnSync(file, args, { env, encoding: "utf8", input });
      const took = performance.now() - start;
      if (status !== 0) throw new Error(`${name} ended with ${status ?? error}: ${stdout}${stderr}`);
      if (round >= 0) one.times.push(took);
      one.stdout = stdout;
    }
  }
  return seen.map(({ started, times, stdout }) => ({ started, ms: median(times), stdout }));
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
