/** What the library does in one process, on each runtime. */
import { spawnSync } from "node:child_process";
import { env, program, root, runtime } from "./surroundings.ts";

/** No garbage is collected of what three million calls can make. */
const young = "--min-semi-space-size=1024,--max-semi-space-size=1024";
const runtimes = [
  ["Bun", runtime("bun"), [], []],
  ["Node", runtime("node"), [], young.split(",")],
  ["Deno", runtime("deno"), ["run", "--allow-all", "--no-check"], [`--v8-flags=${young}`]],
] as const;

export function benchLibrary(): void {
  console.log(
    "| in one process | signed a second | judged a second | provider() a second | bytes a call of it | lint of 1 MiB, ms | whole search of verify, ms |",
  );
  console.log("|---|---|---|---|---|---|---|");
  for (const [name, file, args, uncollected] of runtimes) {
    const measured = (script: string, flags: readonly string[], own = {}) => {
      const { stdout, stderr, status } = spawnSync(file, [...args, ...flags, program(script)], {
        env: { ...env, ...own },
        encoding: "utf8",
        cwd: root,
      });
      if (status !== 0) throw new Error(`${name}: ${stdout}${stderr}`);
      return JSON.parse(stdout);
    };
    const { signed, judged, provided, largeMs, searchMs } = measured("library.ts", []);
    const bytes = measured("allocation.ts", uncollected, { BUN_JSC_useGC: "0" });
    const count = (value: number) => value.toLocaleString("en");
    console.log(
      `| ${name} | ${count(signed)} | ${count(judged)} | ${count(provided)} | ${bytes} | ${largeMs.toFixed(1)} | ${searchMs.toFixed(1)} |`,
    );
  }
  console.log(
    "| asked for, on Bun | at least 20,000 | at least 20,000 | over 5,000,000 | none worth naming | at most 50 | at most 50 |",
  );
}
