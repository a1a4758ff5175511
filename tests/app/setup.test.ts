import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setupOutput } from "../../src/commands/setup/output.ts";
import { programs, run, withDirectory } from "./program.ts";

const host = "master.my-cache.abc123.use1.cache.amazonaws.com";
const named = ["--replication-group-id", "my-cache", "-r", "us-east-1", "-u", "my-user"];

for (const program of programs) {
  const { name } = program;

  test(`${name}: setup needs no home, no credentials, no files; stdout is the script alone`, async () => {
    const { code, stdout, stderr } = await run(program, ["setup", ...named], { env: { HOME: undefined } });
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(
      stdout,
      /^#!\/bin\/sh\n[\s\S]*\nprintf '%s\\n' "cacheauth doctor \$endpoint -u my-user --role-arn [^\n]*"\n\n(?:#[^\n]*\n)+$/,
    );
    const json = await run(program, ["setup", ...named, "--json"]);
    assert.equal(json.stdout.split("\n").length, 2);
    assert.equal(setupOutput.parse(JSON.parse(json.stdout)).setup, stdout);
  });

  test(`${name}: setup's notices and errors go to stderr, in lines that a narrow terminal leaves whole`, async () => {
    const args = ["setup", host, "-u", "my-user", "--format", "terraform", "--existing", "user"];
    const narrow = await run(program, args, { env: { COLUMNS: "30" } });
    assert.equal(narrow.code, 0);
    assert.match(narrow.stderr, /^notice: A cache that has an endpoint exists[^\n]*\nnotice: A template[^\n]*\n$/);
    assert.deepEqual(narrow, await run(program, args));
    const wrong = await run(program, [...args, "--at", "20250101T000000Z"]);
    assert.deepEqual([wrong.code, wrong.stdout], [2, ""]);
    assert.match(wrong.stderr, /^error: --at does nothing here[^\n]*\nfix: Leave --at out\.\n$/);
  });

  test(`${name}: setup takes region and user from where the other commands do`, () =>
    withDirectory(async (directory) => {
      writeFileSync(join(directory, "config"), "[profile p]\nregion = eu-west-3\n");
      const env = { AWS_CONFIG_FILE: join(directory, "config"), CACHEAUTH_USER: "my-user" };
      const args = ["setup", "--memorydb-cluster", "c", "--json"];
      const profile = JSON.parse((await run(program, [...args, "--profile", "p"], { env })).stdout);
      assert.deepEqual([profile.target.region, profile.user], ["eu-west-3", "my-user"]);
      const variable = await run(program, args, { env: { ...env, AWS_REGION: "eu-west-1" } });
      assert.equal(JSON.parse(variable.stdout).target.region, "eu-west-1");
      const none = await run(program, [...args, "--profile", "q"], { env });
      assert.equal(none.code, 3);
      assert.equal(JSON.parse(none.stderr).error.code, "profile-not-found");
    }));
}
