/**
 * A token for a replication group, with keys in the environment, made with cacheauth and with what else a person could take: time of the whole
 * process, memory, size, and whether the token is right. AWS's parts come from PyPI, at versions that are fixed here.
 */

import type { Contender } from "./contender.ts";
import { inTurn } from "./in-turn.ts";
import { aws4fetches, cacheauths } from "./javascript-contenders.ts";
import { peakMemory } from "./peak-memory.ts";
import { pythons } from "./python-contenders.ts";
import { env } from "./surroundings.ts";
import { tokenMade } from "./token-made.ts";

/** A ratio that is asked for, by the name of the row. */
const asked: Readonly<Record<string, string>> = { "the AWS toolkit's command": " (asked for: at least 20)" };

export async function benchAlternatives(rounds: number): Promise<void> {
  const all = [...cacheauths(), ...aws4fetches(), ...pythons()];
  const measured = inTurn(
    all.filter((one): one is Contender => "command" in one),
    rounds,
    env,
  );
  const [base = 1] = measured.map(({ ms }) => ms);
  console.log(
    "| a token for a cache, whole process | version | ms, median | × cacheauth | MB of memory, at most | MB on disk | needs besides | its token |",
  );
  console.log("|---|---|---|---|---|---|---|---|");
  for (const { started, ms, stdout } of measured) {
    const { name, version, command, bytes, needs } = started;
    const peak = peakMemory(command, Math.min(rounds, 5), env);
    const cells = [
      name,
      version,
      ms.toFixed(1),
      `${(ms / base).toFixed(1)}${asked[name] ?? ""}`,
      peak === null ? "not measured: no python3" : megabytes(peak),
      megabytes(bytes),
      needs ? `${needs.name} (${megabytes(needs.bytes)} MB)` : "",
      await tokenMade(started, stdout),
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
  for (const one of all) if ("why" in one) console.log(`| ${one.name} | not measured: ${one.why} | | | | | | |`);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 0);
}
