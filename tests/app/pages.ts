/** The pages of the project that a person reads, but for those that are made of the sources. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = dirname(dirname(import.meta.dirname));

export interface Page {
  /** From the root of the project. */
  readonly path: string;
  readonly text: string;
}

const folders = ["src", "scripts", "tests"];

/** All of them, those that are made of the sources too. */
export const pagePaths: readonly string[] = [
  ...readdirSync(root),
  ...folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
  ),
]
  .filter((file) => file.endsWith(".md"))
  .sort();

export const pages: readonly Page[] = pagePaths
  .filter((path) => path !== "src/findings/README.md")
  .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
