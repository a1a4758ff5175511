/** What a fresh connection of a client library costs, in a Node of its own. */
import { spawnSync } from "node:child_process";
import { env, program, runtime } from "./surroundings.ts";

export function benchConnections(): void {
  const { stdout, stderr, status } = spawnSync(runtime("node"), [program("connections.ts")], { env, encoding: "utf8" });
  if (status !== 0) throw new Error(`connections.ts ended with ${status}: ${stderr}`);
  console.log(stdout.trimEnd());
}
