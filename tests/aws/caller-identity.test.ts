import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { callerIdentity } from "../../src/aws/caller-identity.ts";
import { createSdk } from "../../src/aws/create-sdk.ts";
import { CacheauthError } from "../../src/errors.ts";
import { createReport } from "../../src/terminal/report.ts";
import { fakeRuntime } from "../fakes/runtime.ts";

const keys = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "dummy", source: "profile dev" };
const arn = "arn:aws:sts::123456789012:assumed-role/app/session";

function identity(account: string): string {
  return `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
    <Arn>${arn}</Arn><UserId>AROAEXAMPLE:session</UserId><Account>${account}</Account></GetCallerIdentityResult>
    <ResponseMetadata><RequestId>0</RequestId></ResponseMetadata></GetCallerIdentityResponse>`;
}

function refusal(code: string): string {
  return `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
    <Code>${code}</Code><Message>no</Message></Error><RequestId>0</RequestId></ErrorResponse>`;
}

/** Asks a server on this machine that answers so, in the place of STS; `bodies` are what it was asked. */
async function asked(status: number, answer: string): Promise<{ result: unknown; bodies: readonly string[] }> {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    bodies.push(body);
    response.writeHead(status, { "content-type": "text/xml" }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // The SDK reads the process's own environment.
  process.env["AWS_ENDPOINT_URL_STS"] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const runtime = await fakeRuntime([]);
    const options = { io: runtime.io, json: false, verbose: false, colour: () => false, secrets: () => [] };
    const words = { region: "eu-west-1" } as Parameters<typeof createSdk>[0];
    const sdk = createSdk(words, runtime, createReport(options), []);
    const result = await callerIdentity(sdk, { ...keys, sessionToken: undefined, expiration: undefined }).catch(
      (error) => error,
    );
    return { result, bodies };
  } finally {
    delete process.env["AWS_ENDPOINT_URL_STS"];
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

function errorOf(result: unknown): { code: string; message: string } {
  assert.ok(result instanceof CacheauthError, String(result));
  return { code: result.code, message: result.message };
}

test("caller identity: account, ARN and user id, asked once", async () => {
  const { result, bodies } = await asked(200, identity("123456789012"));
  assert.deepEqual(result, { account: "123456789012", arn, userId: "AROAEXAMPLE:session" });
  assert.equal(bodies.length, 1);
  assert.match(bodies[0] ?? "", /^Action=GetCallerIdentity&/);
});

test("caller identity: what is no account is not taken for one", async () => {
  for (const answer of [identity("12345"), identity(""), "<html>log in</html>", ""]) {
    assert.equal(errorOf((await asked(200, answer)).result).code, "aws-answer-malformed", answer);
  }
});

test("caller identity: refused keys and ended ones are told with where they are from; an outage is tried twice", async () => {
  const wrong = await asked(403, refusal("InvalidClientTokenId"));
  assert.deepEqual(errorOf(wrong.result), {
    code: "aws-refused",
    message: "AWS refused GetCallerIdentity with the credentials from profile dev: InvalidClientTokenId: no",
  });
  const ended = await asked(403, refusal("ExpiredTokenException"));
  assert.deepEqual(errorOf(ended.result), {
    code: "credentials-expired",
    message: "AWS says that the credentials behind profile dev have expired.",
  });
  const outage = await asked(500, refusal("InternalFailure"));
  assert.equal(errorOf(outage.result).code, "aws-failed");
  assert.equal(outage.bodies.length, 2);
});
