/** The most memory that a process had, as the kernel counts it. */
import { spawnSync } from "node:child_process";
import { median } from "./in-turn.ts";

/**
 * By way of a small Python: the kernel counts what the starting process had in memory as had by the started, which would be the
 * bench's own hundreds of megabytes. What has less than that Python's nine cannot be told from it.
 */
const start = `
import os, sys
quiet = os.open(os.devnull, os.O_RDWR)
streams = [(os.POSIX_SPAWN_DUP2, quiet, to) for to in (0, 1)]
_, status, usage = os.wait4(os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=streams), 0)
print(usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024))
sys.exit(os.waitstatus_to_exitcode(status))
`;

/** In bytes, the median of several; null where there is no python3. */
export function peakMemory(
  command: readonly string[],
  rounds: number,
  env: Readonly<Record<string, string>>,
): number | null {
  const seen: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const args = ["-I", "-S", "-c", start, ...command];
    const { status, stdout, stderr, error } = spawnSync("python3", args, { env, encoding: "utf8" });
    if (error) return null;
    if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status}: ${stderr}`);
    seen.push(Number(stdout));
  }
  return median(seen);
}
