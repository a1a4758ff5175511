/** The way of a policy through the AWS CLI and moto: made for the caller's account, put on a role, read back as printed, judged. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cleanEnv, exampleKeys, programs, run, runCommand, withDirectory } from "../app/program.ts";
import { motoPython, withMoto } from "./moto.ts";
import { venv } from "./witness.ts";

const awscli = venv("awscli", ["awscli==1.46.3"]);
const moto = motoPython();
const login = ["--serverless-cache-name", "my-cache", "-r", "us-east-1", "-u", "my-user"];

/** Runs the AWS CLI in a folder of its own. */
async function aws(python: string, args: string, cwd: string, env: Record<string, string>): Promise<string> {
  const { code, stdout, stderr } = await runCommand([python, "-m", "awscli", ...args.split(" ")], { cwd, env });
  assert.equal(code, 0, `aws ${args}: ${stderr}`);
  return stdout;
}

if (moto !== null && awscli !== null) {
  test("policy: made, put on a role, read back by the AWS CLI, and found in order", () =>
    withDirectory((directory) =>
      withMoto(moto, async (url) => {
        const [program] = programs;
        assert.ok(program);
        const env = { ...exampleKeys, AWS_ENDPOINT_URL: url, AWS_DEFAULT_REGION: "us-east-1", AWS_PAGER: "" };
        const made = await run(program, ["policy", ...login, "--source-vpc", "vpc-0a1b2c3d"], { env });
        assert.deepEqual([made.code, made.stderr], [0, ""]);
        // moto's account.
        assert.match(made.stdout, /:123456789012:serverlesscache:my-cache/);
        writeFileSync(join(directory, "connect.json"), made.stdout);
        const ask = (args: string) => aws(awscli, args, directory, { ...cleanEnv(directory), ...env });
        const trust = '{"Version":"2012-10-17","Statement":[]}';
        await ask(`iam create-role --role-name my-app --assume-role-policy-document ${trust}`);
        await ask("iam put-role-policy --role-name my-app --policy-name connect --policy-document file://connect.json");
        await ask("iam create-policy --policy-name connect --policy-document file://connect.json");
        const arn = "arn:aws:iam::123456789012:policy/connect";
        for (const [read, layer] of [
          ["iam get-role-policy --role-name my-app --policy-name connect", "get-role-policy"],
          [`iam get-policy-version --policy-arn ${arn} --version-id v1`, "get-policy-version"],
        ] as const) {
          const printed = await ask(read);
          const args = [
            "policy",
            ...login,
            "--source-vpc",
            "vpc-0a1b2c3d",
            "--account-id",
            "123456789012",
            "--check",
            "-",
          ];
          const { code, stdout, stderr } = await run(program, args, { stdin: printed });
          assert.deepEqual([code, stderr], [0, ""]);
          assert.match(stdout, /^allowed: /);
          assert.match(stdout.replace(/\s+/g, " "), new RegExp(`taken out of the answer of aws iam ${layer}\\.`));
        }
        for (const [read, says] of [
          ["iam get-role --role-name my-app", "trust policy of a role"],
          [`iam get-policy --policy-arn ${arn}`, "description of a policy, without its document"],
          [`iam list-policy-versions --policy-arn ${arn}`, "list of a policy's versions"],
          ["iam list-role-policies --role-name my-app", "list of policies, without their documents"],
        ] as const) {
          const printed = await ask(read);
          const { code, stdout } = await run(program, ["policy", ...login, "--check", "-"], { stdin: printed });
          assert.equal(code, 1);
          assert.ok(stdout.replace(/\s+/g, " ").includes(says), stdout);
        }
      }),
    ));
}
