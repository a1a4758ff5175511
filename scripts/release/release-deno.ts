import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { bundle } from "../bundle.ts";
import { compileWithDeno } from "../compile-with-deno.ts";
import type { Released, ReleaseFolder } from "./release-folder.ts";
import { lockedPackage } from "./runtimes.ts";
import { smokeTest } from "./smoke.ts";
import { ownPlatform } from "./ways-to-run.ts";

const root = dirname(dirname(import.meta.dirname));

/** Deno's executable, of this platform alone, with the runtime that Deno fetches for itself; null where it cannot. */
export async function releaseDeno(folder: ReleaseFolder, work: string, licences: string): Promise<Released | null> {
  const bundled = join(work, "bundle");
  await bundle({ target: "node", outdir: bundled });
  const path = join(work, "cacheauth-deno");
  // What DENO and DENORT_BIN name was not made for the Deno that package.json has: that is for tests.
  const { DENO: _, DENORT_BIN: __, ...env } = process.env;
  if (!compileWithDeno(join(root, "node_modules/.bin/deno"), bundled, path, env)) return null;
  const tested = smokeTest({ name: ownPlatform }, path);
  const platform = `${ownPlatform}-deno`;
  return {
    ...folder.archive(platform, "tar.gz", { name: "cacheauth", bytes: readFileSync(path) }, licences),
    platform,
    runtime: "deno",
    runtimeVersion: lockedPackage("deno").version,
    ...(tested === null ? {} : { tested }),
  };
}
