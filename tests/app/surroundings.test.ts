import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { knownAnswers } from "../vectors/vectors.ts";
import { deadPort, sts, withFake, withProxy } from "./aws-servers.ts";
import { testBareRoot } from "./bare-root.ts";
import { withCertificates } from "./certificates.ts";
import { exampleKeys, notRun, programs, run, withDirectory } from "./program.ts";

const host = "master.my-cache.abc123.use1.cache.amazonaws.com";
const good = ["token", host, "-u", "my-user", "--at", "20250101T000000Z"];
/** The first known answer as botocore prints it. */
const bareToken = `my-cache/?Action=connect&User=testuser&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20250101%2Fus-east-1%2Felasticache%2Faws4_request&X-Amz-Date=20250101T000000Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature=${knownAnswers[0].signature}\n`;
const roleArn = "arn:aws:iam::123456789012:role/r";

/** The Deno that DENO names made the executable; 2.6 cannot tunnel through a proxy, 2.9 can. */
const oldDeno = /^deno 2\.[0-8]\./.test(
  spawnSync(process.env["DENO"] ?? "deno", ["--version"], { encoding: "utf8" }).stdout ?? "",
);

/** What lies in a working directory and would change a program that obeyed it. */
function hostileFiles(directory: string): void {
  const shout = `console.log("HIJACKED"); process.exit(99);`;
  const files = {
    ".env":
      "NODE_TLS_REJECT_UNAUTHORIZED=0\nAWS_ACCESS_KEY_ID=AKIAHOSTILEHOSTILE00\nAWS_SECRET_ACCESS_KEY=hostile\nAWS_REGION=eu-west-1\nCACHEAUTH_USER=mallory\n",
    ".env.local": "AWS_ACCESS_KEY_ID=AKIAHOSTILEHOSTILE00\n",
    ".env.production": "AWS_ACCESS_KEY_ID=AKIAHOSTILEHOSTILE00\n",
    "bunfig.toml": 'preload = ["./preload.js"]\n[run]\npreload = ["./preload.js"]\n',
    "preload.js": shout,
    "deno.json": '{ "imports": { "node:fs": "./preload.js", "arg": "./preload.js" } }',
    "deno.jsonc": '{ "imports": { "node:fs": "./preload.js" } }',
    "package.json": '{ "type": "commonjs", "imports": { "#x": "./preload.js" }, "main": "preload.js" }',
    "tsconfig.json": '{ "compilerOptions": { "paths": { "*": ["./preload.js"] } } }',
    ".npmrc": "node-options=--require ./preload.js\n",
    "node_modules/arg/index.js": shout,
    "node_modules/@aws-sdk/credential-providers/index.js": shout,
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
}

for (const program of programs) {
  const { name } = program;

  test(`${name}: nothing in the working directory changes anything`, () =>
    withDirectory(async (cwd) => {
      const clean = await run(program, good, { env: exampleKeys });
      hostileFiles(cwd);
      assert.deepEqual(await run(program, good, { env: exampleKeys, cwd }), clean);
      const without = await run(program, ["token", host], { cwd });
      assert.equal(without.code, 2);
      assert.match(without.stderr, /No user/);
      const noKeys = await run(program, good, { cwd });
      assert.equal(noKeys.code, 3);
      assert.match(noKeys.stderr, /No AWS credentials/);
    }));

  test(`${name}: TLS of AWS calls is verified, whatever a .env or NODE_TLS_REJECT_UNAUTHORIZED says; AWS_CA_BUNDLE is trusted`, () =>
    withCertificates(({ ca, caFile, key, cert }) =>
      withFake(
        sts,
        ({ url, asked }) =>
          withDirectory(async (cwd) => {
            hostileFiles(cwd);
            assert.ok(ca.includes("BEGIN CERTIFICATE"));
            const env = { ...exampleKeys, AWS_ENDPOINT_URL_STS: url };
            for (const more of [{}, { NODE_TLS_REJECT_UNAUTHORIZED: "0" }]) {
              const refused = await run(program, [...good, "--role-arn", roleArn], { env: { ...env, ...more }, cwd });
              assert.equal(refused.code, 3);
              // Deno 2.6, the runtime of the test executable, does not tell why.
              assert.match(
                refused.stderr,
                /^error: .*(certificate was not accepted|connection failed).*\nfix: .*AWS_CA_BUNDLE.*\n$/,
              );
            }
            assert.equal(asked.length, 0);
            const trusted = await run(program, [...good, "--role-arn", roleArn], {
              env: { ...env, AWS_CA_BUNDLE: caFile },
              cwd,
            });
            assert.deepEqual([trusted.code, trusted.stderr], [0, ""]);
            assert.equal(asked.length, 1);
          }),
        { key, cert },
      ),
    ));

  test(`${name}: an AWS_CA_BUNDLE that is missing or garbage is named`, () =>
    withDirectory(async (directory) => {
      writeFileSync(join(directory, "garbage"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
      writeFileSync(join(directory, "empty"), "");
      for (const file of ["missing", "garbage", "empty"]) {
        const env = {
          ...exampleKeys,
          AWS_CA_BUNDLE: join(directory, file),
          AWS_ENDPOINT_URL_STS: "https://127.0.0.1:1",
        };
        const { code, stderr } = await run(program, [...good, "--role-arn", roleArn, "--json"], { env });
        assert.equal(code, 3);
        assert.equal(JSON.parse(stderr).error.code, "ca-bundle-unreadable", stderr);
      }
    }));

  if (name === "dist/cacheauth-deno" && oldDeno)
    notRun(`AWS calls by a proxy on ${name}: Deno before 2.9 has no CONNECT`);
  else
    test(`${name}: AWS calls go by HTTPS_PROXY, and past it for NO_PROXY`, () =>
      withCertificates(({ caFile, key, cert }) =>
        withFake(
          sts,
          ({ url }) =>
            withProxy(async (proxy) => {
              const env = { ...exampleKeys, AWS_ENDPOINT_URL_STS: url, AWS_CA_BUNDLE: caFile, HTTPS_PROXY: proxy.url };
              const through = await run(program, [...good, "--role-arn", roleArn], { env });
              assert.deepEqual([through.code, through.stderr, proxy.connects], [0, "", [url.slice("https://".length)]]);
              const past = await run(program, [...good, "--role-arn", roleArn], {
                env: { ...env, NO_PROXY: "localhost,127.0.0.1" },
              });
              assert.deepEqual([past.code, proxy.connects.length], [0, 1]);
              const deadProxy = { ...env, HTTPS_PROXY: `http://user:SENTINEL@127.0.0.1:${await deadPort()}` };
              const dead = await run(program, [...good, "--role-arn", roleArn], { env: deadProxy });
              assert.equal(dead.code, 3);
              assert.match(dead.stderr, /^error: .*\nfix: .*HTTPS_PROXY/);
              assert.ok(!dead.stderr.includes("SENTINEL"));
            }),
          { key, cert },
        ),
      ));

  // The npm package needs a Node, and that more than glibc.
  if (name.startsWith("dist/"))
    testBareRoot(
      name,
      program.command[0] ?? "",
      ["token", host, "-u", "testuser", "--at", "20250101T000000Z"],
      bareToken,
    );
}
