import assert from "node:assert/strict";
import { test } from "node:test";
import { good, roleArn } from "./asking.ts";
import { sts, stsRefusing, withFake } from "./aws-servers.ts";
import { exampleKeys, programs } from "./program.ts";
import { type Deed, onTerminal } from "./terminal.ts";

const serial = "arn:aws:iam::123456789012:mfa/me";
const words = [...good, "--at", "20250101T000000Z", "--role-arn", roleArn, "--mfa-serial", serial];

for (const program of programs) {
  const { name } = program;
  const typed = (...deeds: readonly Deed[]) =>
    withFake(sts, async ({ url, asked }) => ({
      ...(await onTerminal(program, words, { ...exampleKeys, AWS_ENDPOINT_URL_STS: url }, ...deeds)),
      asked,
    }));

  test(`${name}: the MFA code is asked for on a terminal, on stderr, without echo`, async () => {
    const { status, screen, out, asked } = await typed("65432\b21\b1\r");
    assert.equal(status, 0, screen);
    assert.match(screen, /MFA code of arn:aws:iam::123456789012:mfa\/me: \r?\n/);
    assert.ok(!screen.includes("6543"), "the code is not echoed");
    assert.equal(asked[0]?.form["TokenCode"], "654321");
    assert.match(out, /^my-cache\/\?/);
  });

  test(`${name}: DEL takes a digit back at the MFA prompt, Ctrl-U all of them`, async () => {
    const { status, screen, asked } = await typed("99\u007f\u007f\u007f11\u0015654\u007f4321\n");
    assert.equal(status, 0, screen);
    assert.equal(asked[0]?.form["TokenCode"], "654321");
  });

  /** What ends the program at its prompt, and the exit code that a shell sees. */
  const ends: readonly (readonly [what: string, deed: Deed, status: number])[] = [
    ["Ctrl-C", "12\u0003", 130],
    ["Ctrl-\\", "12\u001c", 131],
    ["SIGINT", { signal: "SIGINT" }, 130],
    ["SIGTERM", { signal: "SIGTERM" }, 143],
    ["SIGHUP", { signal: "SIGHUP" }, 129],
  ];
  for (const [what, deed, expected] of ends) {
    test(`${name}: ${what} at the MFA prompt ends with ${expected} and gives the terminal back`, () =>
      withFake(stsRefusing(500, "x", "x"), async ({ url, asked }) => {
        const env = { ...exampleKeys, AWS_ENDPOINT_URL_STS: url };
        const { status, screen } = await onTerminal(program, words, env, deed);
        assert.equal(status, expected, screen);
        assert.match(screen, /TERMINAL icanon echo/);
        assert.equal(asked.length, 0);
      }));
  }

  test(`${name}: Ctrl-Z at the MFA prompt stops it, and it asks again when it goes on`, async () => {
    const { status, screen, asked } = await typed("12\u001a", "654321\r");
    assert.equal(status, 0, screen);
    assert.match(screen, /TERMINAL icanon echo\s+STOPPED/);
    assert.equal(screen.split("MFA code of").length, 3, screen);
    assert.ok(!screen.includes("6543"), "the code is not echoed");
    assert.equal(asked[0]?.form["TokenCode"], "654321");
  });

  test(`${name}: an end of input at the MFA prompt is an error`, async () => {
    const { status, screen } = await typed("\u0004");
    assert.equal(status, 3, screen);
    assert.match(screen, /No answer was given/);
  });
}
