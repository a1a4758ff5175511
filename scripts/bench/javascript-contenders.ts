/** cacheauth in each form that is built here, and aws4fetch, which signs any AWS request. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "../../src/version.ts";
import { type Contender, type Missing, wanted } from "./contender.ts";
import { bytesOf, bytesOfNpmPackage } from "./disk.ts";
import { cacheauth, cacheauthOnDeno, npmPackage, program, root, runtime } from "./surroundings.ts";

const node = { name: `Node ${versionOf(runtime("node"))}`, bytes: bytesOf(runtime("node")) };
const bun = { name: `Bun ${versionOf(runtime("bun"))}`, bytes: bytesOf(runtime("bun")) };

/** The first is what the others are compared with. */
export function cacheauths(): readonly [Contender, ...(Contender | Missing)[]] {
  const { name, user, region } = wanted;
  const args = ["token", "--replication-group-id", name, "-u", user, "-r", region];
  const common = { version, needs: null, prints: "token" } as const;
  const onDeno = "cacheauth, Deno executable";
  return [
    { ...common, name: "cacheauth, Bun executable", command: [cacheauth, ...args], bytes: bytesOf(cacheauth) },
    existsSync(cacheauthOnDeno)
      ? { ...common, name: onDeno, command: [cacheauthOnDeno, ...args], bytes: bytesOf(cacheauthOnDeno) }
      : { name: onDeno, why: "npm run build made none here" },
    {
      ...common,
      name: "cacheauth, npm package on Node",
      command: [...npmPackage, ...args],
      bytes: bytesOfNpmPackage(),
      needs: node,
    },
  ];
}

export function aws4fetches(): readonly (Contender | Missing)[] {
  const folder = join(root, "node_modules/aws4fetch");
  return [
    ["a program with aws4fetch, on Node", runtime("node"), node] as const,
    ["a program with aws4fetch, on Bun", runtime("bun"), bun] as const,
  ].map(([name, file, needs]) =>
    existsSync(folder)
      ? {
          name,
          version: JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version,
          command: [file, program("aws4fetch-token.mjs"), ...Object.values(wanted)],
          bytes: bytesOf(folder),
          needs,
          prints: "token",
        }
      : { name, why: "npm has not installed it here" },
  );
}

function versionOf(file: string): string {
  return spawnSync(file, ["--version"], { encoding: "utf8" }).stdout.trim().replace(/^v/, "");
}
