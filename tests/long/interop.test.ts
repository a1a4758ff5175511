import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { createToken } from "../../src/index.ts";
import { exampleKeys, programs, run } from "../app/program.ts";
import { motoPython, withMoto } from "./moto.ts";
import { root, venv } from "./witness.ts";

const botocore = venv("botocore", ["botocore==1.44.5"]);
const moto = motoPython();

/** Reads requests as JSON lines, prints botocore's tokens as JSON lines, with the clock frozen for each. */
const presign = `
import datetime, json, sys
import botocore.auth as auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from urllib.parse import urlencode
for line in sys.stdin:
    r = json.loads(line)
    at = datetime.datetime.fromisoformat(r["at"].replace("Z", "+00:00"))
    auth.get_current_datetime = lambda *a, **k: at.replace(tzinfo=None)
    query = {"Action": "connect", "User": r["user"]}
    if r["kind"] == "serverless-cache":
        query["ResourceType"] = "ServerlessCache"
    request = AWSRequest(method="GET", url="https://" + r["name"] + "/?" + urlencode(query))
    keys = Credentials(r["accessKeyId"], r["secretAccessKey"], r["sessionToken"])
    service = "memorydb" if r["kind"] == "memorydb-cluster" else "elasticache"
    auth.SigV4QueryAuth(keys, service, r["region"], expires=r["expiresIn"]).add_auth(request)
    print(json.dumps(request.url[len("https://"):]))
`;

if (botocore) {
  test("interop: the golden vectors, made again, are the same bytes", () => {
    const { status, stdout, stderr } = spawnSync("python3", [join(root, "scripts/make-vectors.py"), "--check"], {
      encoding: "utf8",
    });
    assert.equal(status, 0, stdout + stderr);
  });

  test("interop: 2,000 random requests, the same bytes as botocore's", async () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,8}){0,3}$/);
    // Without quotes: a secret in quotes is refused.
    const printable = fc.stringMatching(/^[\x21\x23-\x26\x28-\x7e]{1,80}$/);
    const requests = fc.sample(
      fc.record({
        kind: fc.constantFrom("replication-group" as const, "serverless-cache" as const, "memorydb-cluster" as const),
        name,
        user: name,
        region: fc.constantFrom("us-east-1", "eu-west-3", "ap-northeast-2", "cn-north-1", "us-gov-west-1"),
        at: fc
          .date({ min: new Date("2000-01-01T00:00:00Z"), max: new Date("2099-12-31T00:00:00Z"), noInvalidDate: true })
          .map((date) => `${date.toISOString().slice(0, 19)}Z`),
        expiresIn: fc.integer({ min: 1, max: 900 }),
        accessKeyId: fc.stringMatching(/^ASIA[A-Z0-9]{16}$/),
        secretAccessKey: printable,
        sessionToken: printable,
      }),
      2_000,
    );
    const input = requests.map((request) => JSON.stringify(request)).join("\n");
    const { stdout, stderr } = spawnSync(botocore, ["-c", presign], { input, encoding: "utf8", maxBuffer: 1 << 26 });
    const theirs: string[] = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.equal(theirs.length, requests.length, stderr);
    for (const [index, { kind, name, user, region, at, expiresIn, ...credentials }] of requests.entries()) {
      const { token } = await createToken({ target: { kind, name }, user, region, at, expiresIn, credentials });
      assert.equal(token, theirs[index]);
    }
  });
}

if (moto) {
  for (const program of programs) {
    test(`interop: ${program.name}: role and MFA session from moto's STS`, () =>
      withMoto(moto, async (url) => {
        const env = { ...exampleKeys, AWS_ENDPOINT_URL_STS: url, AWS_REGION: "us-east-1" };
        const good = ["token", "--replication-group-id", "c", "-u", "u", "--json"];
        for (const flags of [
          ["--role-arn", "arn:aws:iam::123456789012:role/r"],
          ["--mfa-serial", "arn:aws:iam::123456789012:mfa/me", "--mfa-code", "123456"],
        ]) {
          const { code, stdout, stderr } = await run(program, [...good, ...flags], { env });
          assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
          const { token, credentials, credentialsExpireAt } = JSON.parse(stdout);
          // moto hands out ASIA keys for roles, and one fixed AKIA key for sessions.
          assert.match(credentials.accessKeyId, /^A[SK]IA/);
          assert.match(token, /X-Amz-Security-Token=/);
          assert.ok(Date.parse(credentialsExpireAt) > Date.now());
        }
      }));
  }
}
