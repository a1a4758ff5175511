/**
 * What a token costs, and a login, as tables of Markdown; ratios are within a table, whose rows are measured in turn.
 * Usage: npm run bench [-- [PART...] [ROUNDS]] (after npm run build): some of the parts, 40 rounds if no number is given
 *
 *   alternatives   a token made with cacheauth, and with what a person could take in its place: time, memory, size
 *   starts         cacheauth's start over that of an empty executable
 *   library        what is signed and judged a second, in one process
 *   logins         a thousand logins at once against emulate
 *   connections    a fresh connection of ioredis with cacheauth's adapter
 *   probe          what probe adds to a login
 */
import { rmSync } from "node:fs";
import { benchAlternatives } from "./bench/alternatives.ts";
import { benchConnections } from "./bench/connections.ts";
import { benchLibrary } from "./bench/library.ts";
import { benchLogins } from "./bench/logins.ts";
import { machine } from "./bench/machine.ts";
import { benchProbe } from "./bench/probe.ts";
import { benchStarts } from "./bench/starts.ts";
import { scratch } from "./bench/surroundings.ts";

const parts: Readonly<Record<string, (rounds: number) => void | Promise<void>>> = {
  alternatives: benchAlternatives,
  starts: benchStarts,
  library: benchLibrary,
  logins: benchLogins,
  connections: benchConnections,
  probe: benchProbe,
};

try {
  await main(process.argv.slice(2));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function main(words: readonly string[]): Promise<void> {
  const [numbers, names] = [words.filter((word) => /^\d+$/.test(word)), words.filter((word) => !/^\d+$/.test(word))];
  const unknown = names.filter((name) => !Object.hasOwn(parts, name));
  if (unknown.length > 0) {
    console.error(`no part of the bench: ${unknown.join(", ")}\nIts parts are ${Object.keys(parts).join(", ")}.`);
    process.exitCode = 2;
    return;
  }
  console.log(`${["npm run bench", ...(words.length > 0 ? ["--", ...words] : [])].join(" ")} · ${machine()}`);
  for (const [name, bench] of Object.entries(parts)) {
    if (names.length > 0 && !names.includes(name)) continue;
    console.log("");
    await bench(Number(numbers[0] ?? 40));
  }
}
