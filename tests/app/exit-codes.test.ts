/**
 * The exit codes that a command's help tells: each is one that it ends with, and it ends with no others. Rows are whatever brings a
 * code about without a server; what takes one is shown by that command's own tests, and listed.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { commands } from "../../src/cli-commands.ts";
import type { Command } from "../../src/commands/command.ts";
import { cleanEnv, exampleKeys, programs, run, withDirectory } from "./program.ts";

const [program] = programs;
assert.ok(program);

const target = ["--replication-group-id", "my-cache", "-r", "us-east-1", "-u", "my-user"];
const account = ["--account-id", "123456789012"];
const at = ["--at", "20250101T000000Z"];
const gone = { CACHEAUTH_HOME: "a/folder/that/is/relative" };

interface Way {
  readonly args: readonly string[];
  /** What goes to stdin: the token that `token` makes, or this. */
  readonly stdin?: "token" | "nonsense";
  /** With no keys, or with such variables. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

const noKeys = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
const judged = {
  0: { args: at, stdin: "token" },
  1: { args: [], stdin: "nonsense" },
  2: { args: ["--token-file", "none"] },
} as const;

/** By command, then by the code. */
const ways: Readonly<Record<string, Readonly<Record<number, Way>>>> = {
  token: { 0: { args: target }, 2: { args: [] }, 3: { args: target, env: noKeys } },
  decode: judged,
  lint: judged,
  verify: { ...judged, 3: { args: at, stdin: "token", env: noKeys } },
  probe: {
    2: { args: [] },
    3: { args: ["127.0.0.1:1", ...target], env: noKeys },
    4: { args: ["127.0.0.1:1", "--no-auth"] },
  },
  doctor: { 2: { args: [] }, 4: { args: ["127.0.0.1:1", ...target, "--offline"] } },
  emulate: {
    2: { args: ["--cluster", "none"] },
    3: { args: [...target, "--profile", "none"] },
    4: { args: ["--listen", "192.0.2.1:6379"] },
  },
  exec: {
    0: { args: [...target, "--", "true"] },
    2: { args: [] },
    3: { args: [...target, "--", "true"], env: noKeys },
    126: { args: [...target, "--", "/"] },
    127: { args: [...target, "--", "there-is-no-such-command"] },
  },
  "session set": {
    0: { args: ["base", "--serial", "arn:aws:iam::123456789012:mfa/me"] },
    2: { args: [] },
    3: { args: ["none", "--serial", "arn:aws:iam::123456789012:mfa/me"] },
  },
  "session gen": { 2: { args: [] }, 3: { args: ["base", "--code", "123456"] } },
  "session info": { 0: { args: [] }, 2: { args: [], env: gone }, 3: { args: ["none"] } },
  "session export": { 2: { args: [] }, 3: { args: ["base"] } },
  "session process": { 2: { args: [] }, 3: { args: ["base"] } },
  "session run": { 2: { args: [], env: gone } },
  "session ping": { 1: { args: [] }, 2: { args: [], env: gone } },
  "session terminate": { 0: { args: [] }, 2: { args: [], env: gone } },
  policy: {
    0: { args: [...target, ...account] },
    1: { args: [...target, ...account, "--check", "-"], stdin: "nonsense" },
    2: { args: [] },
    3: { args: target, env: noKeys },
  },
  setup: {
    0: { args: target },
    2: { args: [] },
    3: { args: ["--replication-group-id", "a", "-u", "b", "--profile", "none"] },
  },
  rules: { 0: { args: ["expired"] }, 2: { args: ["none"] } },
  schema: { 0: { args: ["token"] }, 2: { args: [] } },
  completion: { 0: { args: ["bash"] }, 2: { args: [] } },
};

/** Those that take a server, or somebody who stops it: each by the tests of its own. */
const shownElsewhere: Readonly<Record<string, readonly number[]>> = {
  probe: [0, 1, 5],
  doctor: [0, 1, 3, 5],
  emulate: [0],
  "session gen": [0],
  "session export": [0],
  "session process": [0],
  "session run": [0, 3, 4],
  "session ping": [0, 4],
  "session terminate": [4],
};

const every: Command[] = [];
for (const entry of Object.values(commands)) {
  if (!("verbs" in entry)) every.push(await entry.load());
  else for (const verb of Object.values(await entry.verbs())) every.push(await verb.load());
}

for (const { name, exits } of every) {
  const ends = Object.entries(ways[name] ?? {});

  test(`exit codes: ${name}: the help tells those that it ends with, and no others`, () => {
    // A bug is not to be had on purpose.
    const shown = [...ends.map(([code]) => Number(code)), ...(shownElsewhere[name] ?? []), 70];
    assert.deepEqual(
      [...exits].sort((a, b) => a - b),
      shown.sort((a, b) => a - b),
    );
  });

  for (const [code, { args, stdin, env = {} }] of ends)
    test(`exit codes: ${name} ends with ${code}: ${args.join(" ") || "without an argument"}`, () =>
      withDirectory(async (home) => {
        const credentials = join(home, "credentials");
        writeFileSync(
          credentials,
          `[base]\naws_access_key_id = ${exampleKeys.AWS_ACCESS_KEY_ID}\naws_secret_access_key = ${exampleKeys.AWS_SECRET_ACCESS_KEY}\n`,
        );
        const all = {
          ...{ ...cleanEnv(home), ...exampleKeys, AWS_SHARED_CREDENTIALS_FILE: credentials },
          // Where nobody listens.
          ...{ AWS_ENDPOINT_URL: "http://127.0.0.1:1", AWS_MAX_ATTEMPTS: "1" },
          ...env,
        };
        const keys = { env: { ...cleanEnv(home), ...exampleKeys } };
        const token = async () => (await run(program, ["token", ...target, ...at], keys)).stdout.trim();
        const input = stdin === "token" ? { stdin: await token() } : stdin === undefined ? {} : { stdin };
        const ended = await run(program, [...name.split(" "), ...args], { env: all, ...input });
        assert.equal(ended.code, Number(code), ended.stderr);
      }));
}
