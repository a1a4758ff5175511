/** The Buns that executables for other platforms are made of, as package-lock.json has them. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Target } from "./targets.ts";

const root = dirname(dirname(import.meta.dirname));

interface Locked {
  readonly version: string;
  readonly integrity: string;
}

/**
 * Fetches one by npm into a folder, and gives the path of its executable. Not as `bun build --target` would: what that
 * keeps for the next time is not compared with a hash.
 */
export function fetchRuntime({ runtime }: Target, folder: string): string {
  const { version, integrity } = lockedPackage(runtime);
  const archive = join(folder, `${runtime.replace("@", "").replace("/", "-")}-${version}.tgz`);
  if (!existsSync(archive)) {
    const pack = ["pack", "--silent", "--prefer-offline", "--pack-destination", folder, `${runtime}@${version}`];
    // Behind a proxy with a CA of its own, npm trusts what the machine's other programs are told to trust.
    const env = { NODE_EXTRA_CA_CERTS: process.env["SSL_CERT_FILE"], ...process.env };
    execFileSync("npm", pack, { env, stdio: ["ignore", "ignore", "inherit"] });
  }
  const hash = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
  if (hash !== integrity) throw new Error(`${runtime}@${version} is not the one that package-lock.json has`);
  execFileSync("tar", ["-xzf", archive, "-C", folder]);
  return join(folder, "package/bin", runtime.includes("windows") ? "bun.exe" : "bun");
}

/** What the lock file says of a package; `folder` where it is not the one that the whole project uses. */
export function lockedPackage(name: string, folder: string = `node_modules/${name}`): Locked {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, Locked>;
  };
  const locked = lock.packages[folder];
  if (!locked) throw new Error(`package-lock.json does not have ${name}: run npm install`);
  return locked;
}
