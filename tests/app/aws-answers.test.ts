import assert from "node:assert/strict";
import { test } from "node:test";
import { answerOf, asker, errorOf, roleArn } from "./asking.ts";
import { type Answer, sts, stsRefusing, temporary, withFake } from "./aws-servers.ts";
import { exampleKeys, programs } from "./program.ts";

const page =
  (status: number, text: string): Answer =>
  (_, response) => {
    response.writeHead(status, { "content-type": "text/html", location: "http://127.0.0.1:1/" }).end(text);
  };

/** What may answer in the place of STS, or STS on a bad day: our code, the cause and the remedy. */
const answers: readonly (readonly [what: string, answer: Answer, code: string, says: RegExp, hint: RegExp])[] = [
  [
    "an error of STS",
    stsRefusing(500, "InternalFailure", "oops"),
    "aws-failed",
    /AWS failed on .*: it answered 500 \(InternalFailure: oops\)\.$/,
    /Try again/,
  ],
  ["a proxy without STS", page(502, "<html>bad gateway</html>"), "aws-failed", /it answered 502\.$/, /Try again/],
  [
    "a log-in page",
    page(200, "<html><body>Log in</body></html>"),
    "aws-answer-malformed",
    /is not AWS\.$/,
    /log-in page/,
  ],
  ["a page of other tags", page(200, "<html><br></html>"), "aws-answer-malformed", /is not AWS\.$/, /log-in page/],
  ["an empty answer", page(200, ""), "aws-answer-malformed", /is not AWS\.$/, /log-in page/],
  [
    "a redirection",
    page(302, "<html>moved</html>"),
    "aws-answer-malformed",
    /is not AWS: it answered 302\.$/,
    /log-in page/,
  ],
  ["a proxy that forbids", page(403, "<html>no</html>"), "aws-answer-malformed", /it answered 403\.$/, /HTTPS_PROXY/],
  [
    "too many calls",
    stsRefusing(400, "Throttling", "Rate exceeded"),
    "aws-refused",
    /Throttling: Rate exceeded/,
    /Too many calls/,
  ],
];

for (const program of programs) {
  const { name } = program;
  const ask = asker(program);
  const role = ["--role-arn", roleArn];
  const session = ["--mfa-serial", "arn:aws:iam::123456789012:mfa/me", "--mfa-code", "123456"];

  for (const [what, answer, code, says, hint] of answers) {
    test(`${name}: instead of credentials, ${what}: ${code}`, () =>
      withFake(answer, async ({ url }) => {
        for (const args of [role, session]) {
          const error = errorOf(await ask("/nonexistent", args, { ...exampleKeys, AWS_ENDPOINT_URL: url }));
          assert.equal(error.code, code);
          assert.match(error.message, says);
          assert.match(error.hint, hint);
        }
      }));
  }

  for (const variable of ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_STS"]) {
    test(`${name}: ${variable} that is no URL is named`, async () => {
      const error = errorOf(await ask("/nonexistent", role, { ...exampleKeys, [variable]: "not a url" }));
      assert.deepEqual([error.code, error.message], ["aws-unreachable", `${variable} is not a URL.`]);
    });
  }

  test(`${name}: a role's session is called cacheauth where nobody says otherwise`, () =>
    withFake(sts, async ({ url, asked }) => {
      answerOf(await ask("/nonexistent", role, { ...exampleKeys, AWS_ENDPOINT_URL: url }));
      assert.equal(asked[0]?.form["RoleSessionName"], "cacheauth");
    }));

  test(`${name}: http: requests go by HTTP_PROXY with the whole URL and the login`, () =>
    withFake(sts, async (proxy) => {
      const env = {
        ...exampleKeys,
        AWS_ENDPOINT_URL: "http://sts.invalid:8080",
        HTTP_PROXY: proxy.url.replace("//", "//me:p%40ss@"),
      };
      assert.equal(answerOf(await ask("/nonexistent", role, env)).accessKeyId, temporary.accessKeyId);
      const [{ path, headers } = { path: "", headers: {} }] = proxy.asked;
      assert.equal(path, "http://sts.invalid:8080/");
      assert.equal(headers["proxy-authorization"], `Basic ${Buffer.from("me:p@ss").toString("base64")}`);
    }));
}
