/** What of the npm packages, and of this project, is in a bundle. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { bundle } from "../bundle.ts";

export interface Package {
  readonly name: string;
  readonly version: string;
  /** As package.json says it, in SPDX's words. */
  readonly license: string;
  /** Of the bundle's code, after minifying. */
  readonly bytes: number;
  /** Where it is installed, below the project. */
  readonly folder: string;
}

export interface BundleContents {
  readonly packages: readonly Package[];
  /** Code of this project, by the folder of src or the file in it. */
  readonly own: ReadonlyMap<string, number>;
  /** Each file that is inside, as seen from the project. */
  readonly files: readonly string[];
  readonly bytes: number;
}

/** Read off the bundler's own account of what went where; what was shaken off to the last byte is not inside. */
export async function bundleContents(): Promise<BundleContents> {
  const { metafile } = await bundle({ target: "bun", metafile: true });
  if (!metafile) throw new Error("the bundler gave no account of what is in the bundle");
  const files = new Map<string, number>();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      if (bytesInOutput > 0) files.set(file, (files.get(file) ?? 0) + bytesInOutput);
    }
  }
  const folders = sumBy(files, packageFolder);
  const packages = [...folders].filter(([folder]) => folder !== "").map(([folder, bytes]) => describe(folder, bytes));
  return {
    packages: packages.sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version)),
    own: sumBy(files, (file) => (packageFolder(file) === "" ? ownPart(file) : null)),
    files: [...files.keys()].sort(compare),
    bytes: Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0),
  };
}

/** "node_modules/@scope/name", the innermost where one is in another; "" for a file of this project. */
function packageFolder(file: string): string {
  // From the first on: the folder may be a link to one elsewhere.
  return /node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? "";
}

function ownPart(file: string): string {
  return file.split("/").slice(0, 2).join("/");
}

function describe(folder: string, bytes: number): Package {
  const { name, version, license } = JSON.parse(readFileSync(resolve(folder, "package.json"), "utf8")) as Package;
  if (typeof license !== "string") throw new Error(`${folder}/package.json does not say its licence in SPDX's words`);
  return { name, version, license, bytes, folder };
}

function sumBy(files: ReadonlyMap<string, number>, by: (file: string) => string | null): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [file, bytes] of files) {
    const key = by(file);
    if (key !== null) sums.set(key, (sums.get(key) ?? 0) + bytes);
  }
  return sums;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
