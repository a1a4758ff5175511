/** The stage of whoever has downloaded a release: an archive and its sums, with a small program in place of the large one. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "../../../src/version.ts";
import { put } from "../asking.ts";
import { root } from "./page.ts";
import { type Stage, withoutServers } from "./stage.ts";

export const releaseStage: Stage = withoutServers("a release that was downloaded for linux-x64", (home) => {
  const man = join(root, "scripts/release");
  const archive = `cacheauth-${version}-linux-x64.tar.gz`;
  const { status } = spawnSync("tar", [
    "-czf",
    join(home, archive),
    "-C",
    join(home, "bin"),
    "cacheauth",
    "-C",
    man,
    "cacheauth.1",
  ]);
  if (status !== 0) throw new Error("tar has made no archive");
  const sum = createHash("sha256")
    .update(readFileSync(join(home, archive)))
    .digest("hex");
  put(home, { SHA256SUMS: `${sum}  ${archive}\n${"0".repeat(64)}  cacheauth-${version}-linux-arm64.tar.gz\n` });
  // Not into this machine's own.
  return { instead: [[/\bsudo install (\S+) \/usr\/local\/bin\b/g, `install -Dt '${home}/local/bin' $1`]] };
});
