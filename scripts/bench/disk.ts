/** What things take on disk, in bytes. */
import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "./surroundings.ts";

/** Of a file, or of all files in a folder but those under node_modules in it. */
export function bytesOf(path: string): number {
  const seen = statSync(realpathSync(path));
  if (!seen.isDirectory()) return seen.size;
  return readdirSync(path)
    .filter((name) => name !== "node_modules")
    .reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}

/** Of the npm package and all that npm installs with it where no Redis client is. */
export function bytesOfNpmPackage(): number {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const wanted = Object.keys(packages).filter((path) => {
    const { dev, devOptional, optional, peer } = packages[path];
    return path !== "" && !dev && !devOptional && !optional && !peer;
  });
  return ["dist/npm", ...wanted].reduce((sum, path) => sum + bytesOf(join(root, path)), 0);
}
