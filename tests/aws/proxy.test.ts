import assert from "node:assert/strict";
import { test } from "node:test";
import { proxyFor } from "../../src/aws/proxy.ts";

const sts = "sts.us-east-1.amazonaws.com";

/** NO_PROXY, and whether it spares sts.us-east-1.amazonaws.com on port 443. */
for (const [spared, spares] of [
  ["", false],
  ["*", true],
  [sts, true],
  [sts.toUpperCase(), true],
  [`localhost, ${sts}`, true],
  ["localhost amazonaws.com", true],
  ["amazonaws.com", true],
  [".amazonaws.com", true],
  ["*.amazonaws.com", true],
  ["us-east-1.amazonaws.com", true],
  [`${sts}:443`, true],
  ["amazonaws.com:443", true],
  [`${sts}:8443`, false],
  ["aws.com", false],
  ["ts.us-east-1.amazonaws.com", false],
  ["evil-sts.us-east-1.amazonaws.com", false],
  ["example.com", false],
] as const) {
  test(`proxy: NO_PROXY=${JSON.stringify(spared)} ${spares ? "spares" : "does not spare"} STS`, () => {
    for (const name of ["NO_PROXY", "no_proxy"]) {
      const proxy = proxyFor("https:", sts, undefined, { HTTPS_PROXY: "http://proxy.example:3128", [name]: spared });
      assert.equal(proxy === undefined, spares);
    }
  });
}

test("proxy: addresses are spared as they stand", () => {
  const env = { HTTPS_PROXY: "http://proxy.example:3128", NO_PROXY: "127.0.0.1,::1" };
  assert.equal(proxyFor("https:", "127.0.0.1", 8443, env), undefined);
  assert.equal(proxyFor("https:", "[::1]", 8443, env), undefined);
  assert.equal(proxyFor("https:", "127.0.0.2", 8443, env)?.target, "127.0.0.2:8443");
});

test("proxy: each protocol has its own, lower case wins, and empty means none", () => {
  const env = {
    HTTPS_PROXY: "http://upper.example:1",
    https_proxy: "lower.example:2",
    HTTP_PROXY: "http://plain.example",
  };
  assert.deepEqual(proxyFor("https:", sts, undefined, env)?.at, { hostname: "lower.example", port: "2" });
  assert.deepEqual(proxyFor("http:", sts, undefined, env)?.at, { hostname: "plain.example", port: 80 });
  assert.equal(proxyFor("http:", sts, undefined, env)?.target, `${sts}:80`);
  assert.equal(proxyFor("https:", sts, undefined, { ...env, https_proxy: "" }), undefined);
});

test("proxy: a login in the URL becomes a header, decoded", () => {
  const { headers } = proxyFor("https:", sts, null, { HTTPS_PROXY: "http://me:p%40ss@proxy.example:3128" }) ?? {};
  assert.deepEqual(headers, {
    host: `${sts}:443`,
    "proxy-authorization": `Basic ${Buffer.from("me:p@ss").toString("base64")}`,
  });
  assert.deepEqual(proxyFor("https:", sts, null, { HTTPS_PROXY: "http://proxy.example" })?.headers, {
    host: `${sts}:443`,
  });
});

for (const [variable, value] of [
  ["HTTPS_PROXY", "socks5://127.0.0.1:1"],
  ["https_proxy", "ftp://127.0.0.1:1"],
  ["HTTPS_PROXY", "http://:bad"],
] as const) {
  test(`proxy: ${variable}=${value} is refused by its name`, () => {
    assert.throws(() => proxyFor("https:", sts, null, { [variable]: value }), {
      code: "aws-unreachable",
      message: `${variable} does not name an HTTP proxy.`,
      hint: /^[A-Z].*\.$/,
    });
  });
}
