/** Whether a program made what was asked of it. */
import { spawnSync } from "node:child_process";
import { createToken } from "../../src/index.ts";
import { type Contender, wanted } from "./contender.ts";
import { cacheauth, credentials, env } from "./surroundings.ts";

/**
 * Throws unless the output is a token for the cache that is wanted: one that `cacheauth verify` finds nothing wrong with, and whose signature is
 * the one that cacheauth makes for it at the same second. Returns what the table says of it.
 */
export async function tokenMade({ name, prints }: Contender, stdout: string): Promise<string> {
  const token = stdout.trim();
  if (prints !== "token") {
    if (!prints.like.test(token)) throw new Error(`${name} printed something else: ${token}`);
    return prints.what;
  }
  const flags = ["--replication-group-id", wanted.name, "-u", wanted.user, "-r", wanted.region, "--strict"];
  const verified = spawnSync(cacheauth, ["verify", ...flags], { env, input: token, encoding: "utf8" });
  if (verified.status !== 0) throw new Error(`${name} made no good token: ${verified.stdout}${verified.stderr}`);
  const query = new URLSearchParams(token.slice(token.indexOf("?")));
  const same = await createToken({
    target: { replicationGroupId: wanted.name },
    region: wanted.region,
    user: wanted.user,
    credentials,
    at: (query.get("X-Amz-Date") ?? "").replace(/^(....)(..)(..T..)(..)(..Z)$/, "$1-$2-$3:$4:$5"),
  });
  if (!same.token?.endsWith(`X-Amz-Signature=${query.get("X-Amz-Signature")}`)) {
    throw new Error(`${name} has another signature than cacheauth at the same second`);
  }
  return "verified, the same signature";
}
