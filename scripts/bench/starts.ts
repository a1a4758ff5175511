/** What starting cacheauth costs over starting nothing: an executable of an empty file is the floor. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { executable } from "./executable.ts";
import { inTurn, type Started } from "./in-turn.ts";
import { cacheauth, env, scratch } from "./surroundings.ts";

const token = ["token", "master.my-cache.abc123.use1.cache.amazonaws.com", "-u", "my-user"];

export async function benchStarts(rounds: number): Promise<void> {
  const made = spawnSync(cacheauth, token, { env, encoding: "utf8" }).stdout;
  const rows: readonly (Started & { readonly limit: string })[] = [
    { name: "an empty Bun executable", command: [await emptyExecutable()], limit: "" },
    { name: "cacheauth --version", command: [cacheauth, "--version"], limit: "at most 1.3" },
    { name: "cacheauth token, keys in the environment", command: [cacheauth, ...token], limit: "at most 2.0" },
    { name: "cacheauth token --json", command: [cacheauth, ...token, "--json"], limit: "" },
    {
      name: "cacheauth lint of a piped token",
      command: [cacheauth, "lint"],
      input: made,
      limit: "at most 1.3 x token",
    },
  ];
  const measured = inTurn(rows, rounds, env);
  const [floor = 1, , tokenMs = 1] = measured.map(({ ms }) => ms);
  console.log("| whole process, median | ms | x the floor | asked for |\n|---|---|---|---|");
  for (const { started, ms } of measured) {
    const { name, limit } = started;
    const seen = limit.includes("x token") ? `${limit} (here ${(ms / tokenMs).toFixed(2)})` : limit;
    console.log(`| ${name} | ${ms.toFixed(1)} | ${(ms / floor).toFixed(2)} | ${seen} |`);
  }
}

async function emptyExecutable(): Promise<string> {
  const source = join(scratch, "empty.ts");
  writeFileSync(source, "export {};\n");
  return executable("empty", source);
}
