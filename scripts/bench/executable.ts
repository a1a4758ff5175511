/** Executables to compare with, built with the flags that dist/cacheauth is built with. */
import { join } from "node:path";
import { scratch } from "./surroundings.ts";

export async function executable(name: string, source: string): Promise<string> {
  const outfile = join(scratch, name);
  const { success } = await Bun.build({
    entrypoints: [source],
    minify: true,
    bytecode: true,
    splitting: true,
    format: "esm",
    target: "bun",
    compile: { outfile, autoloadDotenv: false, autoloadBunfig: false },
  });
  if (!success) throw new Error(`the executable ${name} was not built`);
  return outfile;
}
