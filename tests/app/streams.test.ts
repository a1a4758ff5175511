import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { throughNarrowPipe } from "./narrow-pipe.ts";
import { cleanEnv, exampleKeys, notRun, type Program, programs, run, withDirectory } from "./program.ts";

const host = "master.my-cache.abc123.use1.cache.amazonaws.com";
const env = { ...cleanEnv("/nonexistent"), ...exampleKeys };
const at = ["--at", "20250101T000000Z"];

/** A pipeline as a shell makes it; the program's own exit code is in PIPESTATUS. */
function shell(program: Program, script: string): { status: number | null; stdout: string; stderr: string } {
  const command = program.command.map((word) => `'${word}'`).join(" ");
  return spawnSync("bash", ["-c", script.replaceAll("CACHEAUTH", command)], { env, encoding: "utf8", timeout: 30_000 });
}

/** Those that print much, or what others read. */
const long = [
  "CACHEAUTH --help",
  "CACHEAUTH help token -v",
  "CACHEAUTH completion bash",
  "CACHEAUTH rules",
  "CACHEAUTH --version",
];

for (const program of programs) {
  const { name } = program;
  const token = `CACHEAUTH token ${host} -u my-user ${at.join(" ")}`;

  test(`${name}: a slow reader gets the whole of stdout`, async () => {
    // 15 KB of session token: together with its JSON several pipe writes, read after the program could have ended.
    const long = { ...env, AWS_ACCESS_KEY_ID: "ASIAIOSFODNN7EXAMPLE", AWS_SESSION_TOKEN: "t".repeat(15_000) };
    const [command = "", ...before] = program.command;
    const child = spawn(command, [...before, "token", host, "-u", "my-user", "--json", ...at], { env: long });
    let text = "";
    child.stdout.setEncoding("utf8").pause();
    await new Promise((resolve) => child.stdout.once("readable", resolve));
    child.stdout.on("data", (chunk: string) => {
      text += chunk;
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    assert.equal(code, 0);
    assert.equal(JSON.parse(text).token.length > 15_000, true);
  });

  test(`${name}: a non-blocking pipe that fills gets every byte once`, () => {
    const long = { ...env, AWS_ACCESS_KEY_ID: "ASIAIOSFODNN7EXAMPLE", AWS_SESSION_TOKEN: "t".repeat(15_000) };
    const words = ["token", host, "-u", "my-user", "--json", ...at];
    const result = throughNarrowPipe([...program.command, ...words], long);
    if (result === null) return notRun("a non-blocking pipe, for want of Perl on Linux");
    const { status, stdout, stderr } = result;
    assert.deepEqual([status, stderr, stdout.endsWith("}\n")], [0, "", true]);
    assert.equal(JSON.parse(stdout).token.match(/t{15000}/)?.length, 1);
  });

  test(`${name}: a log that stdout goes to keeps what is in it, also where there is nothing to say`, () =>
    withDirectory(async (directory) => {
      const file = join(directory, "token");
      const script = `{ echo before; ${token} --output ${file}; CACHEAUTH token --version; echo after; } >${directory}/log`;
      // --output and --at are at odds.
      const { stdout, stderr } = shell(program, `${script.replace(at.join(" "), "")}; cat ${directory}/log`);
      assert.match(stdout, /^before\ncacheauth \d+\.\d+\.\d+\nafter\n$/, stderr);
      assert.equal(existsSync(file), true);
    }));

  test(`${name}: a closed pipe ends quietly, with the same exit code`, () => {
    for (const command of [token, ...long]) {
      const { stdout, stderr } = shell(program, `${command} | true; echo "\${PIPESTATUS[0]}"`);
      assert.deepEqual([stdout, stderr], ["0\n", ""], command);
    }
  });

  test(`${name}: a closed stdout and a closed stderr change nothing`, () => {
    assert.deepEqual(shell(program, `${token} >&-; echo "$?"`).stdout, "0\n");
    assert.deepEqual(shell(program, `CACHEAUTH token 2>&-; echo "$?"`).stdout, "2\n");
    assert.deepEqual(shell(program, `CACHEAUTH token 2>/dev/full; echo "$?"`).stdout, "2\n");
  });

  if (existsSync("/dev/full")) {
    test(`${name}: a full disk behind stdout is an error, with its cause`, () => {
      for (const command of [token, ...long]) {
        const { stdout, stderr } = shell(program, `${command} >/dev/full; echo "$?"`);
        assert.equal(stdout, "2\n", command);
        assert.match(stderr, /^error: .*no space is left on the device \(ENOSPC\)\.\nfix: .*\n$/);
      }
    });
  }

  test(`${name}: no colour in a pipe, colour on demand, none with NO_COLOR`, async () => {
    const plain = await run(program, ["token"]);
    assert.doesNotMatch(plain.stderr, /\u001b/);
    const forced = await run(program, ["token", "--color", "always"]);
    assert.match(forced.stderr, /\u001b\[31merror:\u001b\[39m/);
    assert.match((await run(program, ["token"], { env: { FORCE_COLOR: "1" } })).stderr, /\u001b\[31m/);
    assert.doesNotMatch((await run(program, ["token"], { env: { FORCE_COLOR: "1", NO_COLOR: "1" } })).stderr, /\u001b/);
    assert.doesNotMatch(
      (await run(program, ["token", "--color=never"], { env: { FORCE_COLOR: "1" } })).stderr,
      /\u001b/,
    );
  });

  test(`${name}: stdin is left alone`, async () => {
    const { code, stdout } = await run(program, ["token", host, "-u", "my-user", ...at], {
      env: exampleKeys,
      stdin: "not read\n",
    });
    assert.equal(code, 0);
    assert.match(stdout, /^my-cache/);
  });
}
