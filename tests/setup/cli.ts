import { runCli } from "../../src/cli.ts";
import { fakeRuntime } from "../fakes/runtime.ts";

export const host = "master.my-cache.abc123.use1.cache.amazonaws.com";
export const named = ["--replication-group-id", "my-cache", "-r", "us-east-1", "-u", "my-user"];
export const flagOf = {
  "replication-group": "--replication-group-id",
  "serverless-cache": "--serverless-cache-name",
  "memorydb-cluster": "--memorydb-cluster",
} as const;

/** `cacheauth setup` with these words. */
export async function setup(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const runtime = await fakeRuntime(["setup", ...args]);
  const code = await runCli(runtime);
  return { code, ...runtime.written };
}
