/** The npm package's JavaScript and types, as the release and the build both make them. */
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";

const root = dirname(import.meta.dirname);

export function compileNpmPackage(outDir: string): void {
  const tsc = join(root, "node_modules/.bin/tsc");
  execFileSync(tsc, ["--project", "scripts/npm-package.json", "--outDir", outDir], { cwd: root, stdio: "inherit" });
}
