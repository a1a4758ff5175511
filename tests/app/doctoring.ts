/** `doctor` as it is shipped, over a cache of the test's and a scripted AWS. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { doctorOutput } from "../../src/commands/doctor/output.ts";
import type { World } from "../../src/judge/world.ts";
import { certify, withEmulator } from "../doctor/emulated.ts";
import { scriptOf } from "../fakes/scripted-aws/of-world.ts";
import type { Script } from "../fakes/scripted-aws/script.ts";
import { withScriptedAws } from "../fakes/scripted-aws/server.ts";
import { goodWorld } from "../judge/good-worlds.ts";
import { user } from "../judge/situations/make.ts";
import { put } from "./asking.ts";
import { assertHarmless } from "./probing.ts";
import { type Program, type Run, run, withDirectory } from "./program.ts";

const certificates = await certify(["localhost"]);
export const good: World = goodWorld("replication-group");
export const userIsOff: World = user({ access: "off ~* +@all" })(good);
/** Whatever AWS does, it ends by then. */
export const mostMs = 20_000;

interface Given {
  readonly world?: World;
  readonly script?: Partial<Script>;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Files below its home. */
  readonly files?: Readonly<Record<string, string>>;
  /** Instead of the cache. */
  readonly port?: number;
}

export interface Told extends Run {
  readonly ms: number;
  readonly home: string;
  readonly actions: readonly string[];
}

/** Runs it as my-user of my-cache at localhost, with the keys of the world. */
export function examined<T>(program: Program, given: Given, use: (told: Told) => Promise<T> | T): Promise<T> {
  const { world = good, script = {}, args = [], env = {}, files = {} } = given;
  const [own] = world.keys;
  return withDirectory((home) =>
    withEmulator({ world, certificates }, (port) =>
      withScriptedAws(scriptOf(world, "my-user", script), async (aws) => {
        put(home, files);
        const caFile = join(home, "ca.pem");
        writeFileSync(caFile, certificates.ca);
        const target = ["--replication-group-id", "my-cache", "-r", "us-east-1", "-u", "my-user"];
        const words = ["doctor", `localhost:${given.port ?? port}`, "-4", "--ca", caFile, ...target, ...args];
        const keys = {
          AWS_ACCESS_KEY_ID: own?.accessKeyId,
          AWS_SECRET_ACCESS_KEY: own?.secretAccessKey,
          AWS_SESSION_TOKEN: own?.sessionToken ?? undefined,
        };
        const start = performance.now();
        const ran = await run(program, words, {
          env: { HOME: home, AWS_ENDPOINT_URL: aws.url, ...keys, ...env },
          cwd: home,
        });
        return use({ ...ran, ms: performance.now() - start, home, actions: aws.actions });
      }),
    ),
  );
}

export function answerOf({ stdout, stderr }: Run) {
  assert.match(stdout, /^[^\n]*\n$/, stderr);
  assertHarmless(stdout);
  return doctorOutput.parse(JSON.parse(stdout));
}

export function unknownOf({ checks }: ReturnType<typeof answerOf>): string[] {
  return checks.filter(({ status }) => status === "unknown").map(({ name }) => name);
}

/** No piece of a key's secrets, and no signature. */
export function assertNoSecret(text: string): void {
  for (const { secretAccessKey, sessionToken } of good.keys) {
    for (const secret of [secretAccessKey, sessionToken ?? ""]) {
      for (let start = 0; start + 8 <= secret.length; start += 1) {
        assert.ok(!text.includes(secret.slice(start, start + 8)), secret.slice(start, start + 8));
      }
    }
  }
  assert.doesNotMatch(text, /[0-9a-f]{64}/);
}
