import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { decodeOutput } from "../../src/commands/decode/output.ts";
import { lintOutput } from "../../src/commands/lint/output.ts";
import { rulesOutput } from "../../src/commands/rules/output.ts";
import { verifyOutput } from "../../src/commands/verify/output.ts";
import { findingIds } from "../../src/findings/ids.ts";
import { vectors } from "../vectors/vectors.ts";
import { exampleKeys, programs, run, withDirectory } from "./program.ts";
import { onTerminal } from "./terminal.ts";

const vector = vectors.find(({ id }) => id === "rg-known-botocore");
assert.ok(vector);
const good = vector.token;
const at = ["--at", "2025-01-01T00:01:00Z"];
const signature = /[0-9a-f]{64}$/.exec(good)?.[0] ?? "";

for (const program of programs) {
  const { name } = program;

  test(`${name}: lint takes the token by argument, -, stdin, file and variable`, () =>
    withDirectory(async (directory) => {
      const file = join(directory, "token");
      writeFileSync(file, good);
      const ways = [
        { args: [good] },
        { args: ["-"], stdin: good },
        { args: [], stdin: good },
        { args: ["--token-file", file] },
        { args: ["--token-file", "-"], stdin: good },
        { args: ["--token-env", "T"], env: { T: good } },
      ];
      for (const { args, ...options } of ways) {
        const { code, stdout, stderr } = await run(program, ["lint", ...args, "--json", ...at], options);
        assert.deepEqual([code, stderr], [0, ""]);
        const { findings, notices } = lintOutput.parse(JSON.parse(stdout));
        assert.deepEqual(findings, []);
        assert.deepEqual(
          notices.map(({ code }) => code),
          args[0] === good ? ["argument-public"] : [],
        );
      }
    }));

  test(`${name}: what a server printed may be an argument; a token beside it may not`, async () => {
    const line = "WRONGPASS invalid username-password pair or user is disabled.";
    for (const [argument, notices] of [
      [line, 0],
      [`${line} ${good}`, 1],
      [`${line} rediss://app:secret@host`, 1],
    ] as const) {
      const { stdout } = await run(program, ["lint", argument, "--json", ...at]);
      assert.equal(lintOutput.parse(JSON.parse(stdout)).notices.length, notices, argument);
    }
  });

  test(`${name}: an empty file is told as what it is`, () =>
    withDirectory(async (directory) => {
      const file = join(directory, "token");
      writeFileSync(file, "");
      const { code, stdout } = await run(program, ["lint", "--token-file", file]);
      assert.equal(code, 1);
      assert.match(stdout, /^error\[empty\]: There is no token: what was handed in is empty\./);
    }));

  test(`${name}: stdin loses one line ending and says so; a file keeps it, and that is an error`, () =>
    withDirectory(async (directory) => {
      const piped = await run(program, ["lint", "--json", ...at], { stdin: `${good}\r\n` });
      assert.deepEqual(
        JSON.parse(piped.stdout).findings.map(({ rule }: { rule: string }) => rule),
        ["final-newline-dropped"],
      );
      const file = join(directory, "token");
      writeFileSync(file, `${good}\n`);
      const read = await run(program, ["lint", "--token-file", file, ...at]);
      assert.equal(read.code, 1);
      assert.match(read.stdout, /error\[surrounding-whitespace\]: There is a line ending after it/);
      assert.match(read.stdout, /\n1 error, 0 warnings\n$/);
    }));

  const unreadable: readonly (readonly [what: string, args: readonly string[], code: string, stdin?: string])[] = [
    ["two tokens", [good, "--token-env", "T"], "token-conflict"],
    ["a variable that is not set", ["--token-env", "NOT_SET"], "token-unreadable"],
    ["a token for a variable's name", ["--token-env", good], "token-unreadable"],
    ["a file that is not there", ["--token-file", "/nonexistent/token"], "token-unreadable"],
    ["a directory", ["--token-file", "/"], "token-unreadable"],
    ["a token for a file's name", ["--token-file", good], "token-unreadable"],
    ["a device without an end", ["--token-file", "/dev/zero"], "token-too-large"],
    ["more than 1 MiB", [], "token-too-large", "x".repeat((1 << 20) + 1)],
    ["two names", ["--replication-group-id", "a", "--memorydb-cluster", "b"], "target-conflict", good],
    ["a bad account", ["--account-id", "12"], "account-invalid", good],
    ["a bare name as the endpoint", ["--endpoint", "my-cache"], "endpoint-is-a-name", good],
  ];
  for (const command of ["lint", "verify"]) {
    for (const [what, args, code, stdin = ""] of unreadable) {
      test(`${name}: ${command}: ${what}: exit 2, stdout empty, no token in the error`, async () => {
        const {
          code: exit,
          stdout,
          stderr,
        } = await run(program, [command, ...args, "--json"], {
          stdin,
          env: { T: good },
        });
        assert.deepEqual([exit, stdout], [2, ""]);
        assert.equal(JSON.parse(stderr.trim().split("\n").at(-1) ?? "").error.code, code);
        assert.ok(!stderr.includes(signature));
      });
    }
  }

  for (const command of ["decode", "lint", "verify"]) {
    test(`${name}: ${command} on a terminal with nothing piped gives a usage line, not a hang`, async () => {
      const { status, screen, out } = await onTerminal(program, [command], {}, "");
      assert.deepEqual([status, out], [2, ""]);
      assert.match(screen, /nothing is piped in/);
    });

    test(`${name}: ${command}: hostile bytes reach no terminal raw`, async () => {
      const nasty = good
        .replace("testuser", "%1b%5b31m%e2%80%aeevil%e2%80%8b")
        .replace("my-cache", "my\u202ecache\u001b[2J");
      for (const flags of [[], ["--json"]]) {
        const { stdout, stderr } = await run(program, [command, ...flags, ...at], { stdin: nasty, env: exampleKeys });
        assert.doesNotMatch(stdout + stderr, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]/u);
      }
    });
  }

  test(`${name}: decode: JSON of the schema, secrets only on demand`, async () => {
    const { code, stdout, stderr } = await run(program, ["decode", "--json", ...at], { stdin: good });
    assert.deepEqual([code, stderr], [0, ""]);
    const decoded = decodeOutput.parse(JSON.parse(stdout));
    assert.deepEqual(
      [decoded.name, decoded.user, decoded.region, decoded.kind, decoded.secondsLeft, decoded.status],
      ["my-cache", "testuser", "us-east-1", "replication-group", 840, "valid"],
    );
    assert.ok(!stdout.includes(signature));
    const shown = await run(program, ["decode", "--show-secrets", "--json", ...at], { stdin: good });
    assert.equal(decodeOutput.parse(JSON.parse(shown.stdout)).signature, signature);
  });

  test(`${name}: decode: in local time and UTC, in words`, async () => {
    const { code, stdout } = await run(program, ["decode", ...at], { stdin: good, env: { TZ: "Etc/GMT-5" } });
    assert.equal(code, 0);
    assert.match(stdout, /expires {4}2025-01-01 05:15:00 \+05:00 \(2025-01-01T00:15:00Z\)/);
    assert.match(stdout, /14 min left/);
  });

  test(`${name}: decode: what is not a token shows nothing of it; what is cut shows what could be read`, async () => {
    const secret = await run(program, ["decode"], { stdin: "hunter2-hunter2" });
    assert.equal(secret.code, 1);
    assert.ok(!secret.stdout.includes("hunter2"));
    const cut = await run(program, ["decode", ...at], { stdin: good.slice(0, 150) });
    assert.equal(cut.code, 1);
    assert.match(cut.stdout, /testuser[\s\S]*error\[truncated\]/);
  });

  test(`${name}: lint --fix prints the repaired token alone, or nothing`, async () => {
    const mended = await run(program, ["lint", "--fix", ...at], { stdin: `  "https://${good}"\n` });
    assert.deepEqual([mended.code, mended.stdout], [0, `${good}\n`]);
    const clean = await run(program, ["lint", "--fix", ...at], { stdin: good });
    assert.deepEqual([clean.code, clean.stdout, clean.stderr], [0, `${good}\n`, ""]);
    const broken = await run(program, ["lint", "--fix", ...at], { stdin: `"${good.slice(0, 100)}"` });
    assert.deepEqual([broken.code, broken.stdout], [1, ""]);
    assert.match(broken.stderr, /error\[truncated\]/);
    // What it cannot mend is named; the quotes it could.
    const why = /^Nothing was repaired, and no token is printed: .*, and (.*) no\s+matter of that\.$/ms;
    const left = ({ stderr }: { readonly stderr: string }) => why.exec(stderr)?.[1]?.replace(/\s+/g, " ");
    assert.equal(left(broken), "truncated is");
    const two = [...at, "-u", "other", "-r", "eu-west-1"];
    assert.equal(
      left(await run(program, ["lint", "--fix", ...two], { stdin: good })),
      "user-mismatch, region-mismatch are",
    );
    const strict = await run(program, ["lint", "--fix", "--strict", ...at], { stdin: good.replace("/?", "?") });
    assert.deepEqual([strict.code, strict.stdout, left(strict)], [1, "", "path-unexpected is"]);
    assert.equal(left(await run(program, ["lint", "--fix"], { stdin: "hunter2" })), "not-a-token is");
    const json = await run(program, ["lint", "--fix", "--json", ...at], { stdin: good.slice(0, 100) });
    assert.deepEqual([json.code, lintOutput.parse(JSON.parse(json.stdout)).repaired], [1, null]);
  });

  test(`${name}: lint --strict counts warnings`, async () => {
    const warned = good.replace("/?", "?");
    assert.equal((await run(program, ["lint", ...at], { stdin: warned })).code, 0);
    assert.equal((await run(program, ["lint", "--strict", ...at], { stdin: warned })).code, 1);
  });

  test(`${name}: verify: match 0, mismatch 1, another key 3, no credentials 3 with what to set`, async () => {
    const verify = async (stdin: string, env: Record<string, string>) => {
      const { code, stdout } = await run(program, ["verify", "--json", ...at], { stdin, env });
      const { signature: check, findings } = verifyOutput.parse(JSON.parse(stdout));
      return { code, check, rules: findings.map(({ rule }) => rule) };
    };
    const match = await verify(good, exampleKeys);
    assert.deepEqual([match.code, match.check.status], [0, "match"]);
    const moved = await verify(good.replace("us-east-1", "eu-west-1"), exampleKeys);
    assert.deepEqual([moved.code, moved.check.variant?.id, moved.rules], [1, "region-other", ["signature-mismatch"]]);
    const other = await verify(good, { ...exampleKeys, AWS_ACCESS_KEY_ID: "AKIAI44QH8DHBEXAMPLE" });
    assert.deepEqual([other.code, other.check.status, other.rules], [3, "not-checked", ["access-key-mismatch"]]);
    const none = await verify(good, {});
    assert.deepEqual([none.code, none.check.status], [3, "not-checked"]);
    assert.match(none.check.reason, /AWS_ACCESS_KEY_ID|--profile/);
    const long = await verify(`${good}&Padding=${"x".repeat(80_000)}`, exampleKeys);
    assert.deepEqual([long.code, long.check.status, long.rules], [1, "not-checked", ["too-long"]]);
    const cut = await verify(good.slice(0, -9), exampleKeys);
    assert.deepEqual([cut.code, cut.rules], [1, ["truncated"]]);
  });

  test(`${name}: verify: an appended parameter is the error, not the signature`, async () => {
    const { code, stdout } = await run(program, ["verify", "--json", ...at], {
      stdin: `${good}&Version=2015-02-02`,
      env: exampleKeys,
    });
    assert.equal(code, 1);
    assert.deepEqual(
      JSON.parse(stdout).findings.map(({ rule, severity }: { rule: string; severity: string }) => [rule, severity]),
      [["parameter-unexpected", "error"]],
    );
  });

  test(`${name}: rules: all, one, and an unknown one with the nearest`, async () => {
    const all = await run(program, ["rules", "--json"]);
    assert.deepEqual(
      rulesOutput.parse(JSON.parse(all.stdout)).rules.map(({ id }) => id),
      Object.keys(findingIds),
    );
    const one = await run(program, ["rules", "name-is-endpoint"]);
    assert.equal(one.code, 0);
    assert.match(one.stdout, /^name-is-endpoint \(error; the name\)\n[\s\S]*Why[\s\S]*Fix[\s\S]*Wrong[\s\S]*Right/);
    const near = await run(program, ["rules", "name-is-endpont"]);
    assert.equal(near.code, 2);
    assert.match(near.stderr, /Did you mean name-is-endpoint\?/);
    // Whoever knows how it begins gets all that begin so.
    const part = await run(program, ["rules", "resource-type"]);
    assert.match(part.stderr, /Did you mean resource-type-wrong, resource-type-missing or resource-type-unexpected\?/);
    assert.match((await run(program, ["rules", "wrongp"])).stderr, /Did you mean wrongpass\?/);
  });

  for (const command of ["decode", "lint", "verify", "rules"]) {
    test(`${name}: schema ${command} is a JSON Schema of its output`, async () => {
      const { code, stdout } = await run(program, ["schema", command]);
      assert.equal(code, 0);
      const schema = JSON.parse(stdout);
      assert.equal(schema.title, `cacheauth ${command} --json`);
      assert.equal(schema.type, "object");
    });
  }
}
