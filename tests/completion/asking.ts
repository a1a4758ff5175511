import { runCli } from "../../src/cli.ts";
import { fakeRuntime } from "../fakes/runtime.ts";

export interface Asked {
  readonly code: number;
  /** What the shell shall complete itself. */
  readonly itself: string;
  /** What the words stand behind in the current word. */
  readonly prefix: string;
  readonly words: readonly string[];
  readonly stderr: string;
}

/** Asks as the script for fish does: words that are finished, then the current one. */
export async function ask(
  words: readonly string[],
  files: Readonly<Record<string, string>> = {},
  variables: Readonly<Record<string, string>> = {},
): Promise<Asked> {
  const env = { AWS_CONFIG_FILE: "/config", AWS_SHARED_CREDENTIALS_FILE: "/credentials", ...variables };
  const runtime = await fakeRuntime(["__complete", "fish", ...words], env, files);
  const code = await runCli(runtime);
  const [first = "", ...lines] = runtime.written.stdout.split("\n").slice(0, -1);
  const [itself = "", prefix = ""] = first.split("\t");
  return {
    code,
    itself,
    prefix,
    words: lines.map((line) => line.split("\t")[0] ?? ""),
    stderr: runtime.written.stderr,
  };
}
