/** The project's pages: every file of Markdown in it. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

export const root: string = dirname(dirname(dirname(import.meta.dirname)));

export interface Page {
  /** From the project's root: `src/token/README.md`. */
  readonly path: string;
  readonly text: string;
}

export const pages: readonly Page[] = readdirSync(root, { withFileTypes: true })
  .filter(({ name }) => !name.startsWith(".") && name !== "node_modules" && name !== "dist")
  .flatMap((entry) =>
    entry.isDirectory()
      ? readdirSync(join(root, entry.name), { recursive: true, encoding: "utf8" }).map((file) => join(entry.name, file))
      : entry.isFile()
        ? [entry.name]
        : [],
  )
  .filter((file) => file.endsWith(".md") && !file.includes("node_modules/"))
  .sort()
  .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
