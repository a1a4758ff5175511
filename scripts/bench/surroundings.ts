/** What every part of the bench works with: where things are, whom it signs for, and an environment with nothing of this machine's own. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export const root: string = dirname(dirname(import.meta.dirname));
export const program = (name: string): string => join(import.meta.dirname, "programs", name);
export const runtime = (name: "node" | "bun" | "deno"): string => join(root, "node_modules/.bin", name);
export const cacheauth: string = join(root, "dist/cacheauth");
export const cacheauthOnDeno: string = join(root, "dist/cacheauth-deno");
export const npmPackage: readonly string[] = [runtime("node"), join(root, "dist/npm/main.js")];

/** Removed by bench.ts at the end; the home of what is measured. */
export const scratch: string = mkdtempSync(join(tmpdir(), "cacheauth-bench-"));

export const credentials = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
} as const;
export const env: Readonly<Record<string, string>> = {
  PATH: process.env["PATH"] ?? "",
  HOME: scratch,
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
};
