/** The home of whoever types what the pages show: the programs that they name, and nothing of this machine's. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { put } from "../asking.ts";
import type { Program } from "../program.ts";
import { root } from "./page.ts";

const nothingMade = JSON.stringify({ account: "123456789012", things: {}, log: [] });
const letters = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Its path is as long as /home/me, so that lines are as long here as they are there. */
export async function withHome<T>(program: Program, use: (home: string) => Promise<T>): Promise<T> {
  const home = emptyHome();
  try {
    mkdirSync(join(home, "run/cacheauth"), { recursive: true });
    put(home, { ...programsOf(home, program), ".fake-aws/things.json": nothingMade });
    return await use(home);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Programs of so many lines of sh. */
export function scripts(texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, `#!/bin/sh\n${text}\n`]));
}

function emptyHome(): string {
  for (let tries = 0; ; tries += 1) {
    const random = crypto.getRandomValues(new Uint8Array(3));
    const home = `/tmp/${Array.from(random, (byte) => letters[byte % letters.length]).join("")}`;
    try {
      mkdirSync(home, { mode: 0o700 });
      return home;
    } catch (error) {
      if (tries === 100) throw error;
    }
  }
}

function programsOf(home: string, { command }: Program): Readonly<Record<string, string>> {
  const bun = join(root, "node_modules/.bin/bun");
  const programs = {
    "bin/cacheauth": `exec ${command.map((word) => `'${word}'`).join(" ")} "$@"`,
    // No AWS CLI, and no AWS: what the pages ask it for is answered from files.
    "bin/aws": `case "$1 $2" in
      'iam get-role-policy') cat '${home}/.fake-aws/role-policy.json' ;;
      'iam list-users') echo '{"Users": []}' ;;
      *) FAKE_AWS='${home}/.fake-aws/things.json' exec '${bun}' '${join(root, "tests/app/fake-aws-cli.ts")}' "$@" ;;
    esac`,
    // Setup's script waits for AWS.
    "bin/sleep": "exit 0",
    "bin/less": 'exec cat "$@"',
  };
  return scripts(programs);
}
