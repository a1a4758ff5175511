/** Where `doctor` looks AWS's records up: by a proxy that writes down what it is asked for, and lets nobody through. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { exampleKeys, programs, run } from "./program.ts";

/** Deno before 2.9, which makes the executable here, has no CONNECT; the npm package on Deno is not a program of its own. */
const able = programs.filter(({ name }) => name !== "dist/cacheauth-deno");

async function hostsAsked(
  program: (typeof programs)[number],
  region: string,
  env: Record<string, string>,
  name: string,
) {
  const asked = new Set<string>();
  const proxy = createServer().on("connect", ({ url = "" }, socket) => {
    asked.add(url);
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const { port } = proxy.address() as AddressInfo;
  try {
    const all = { ...exampleKeys, ...env, HTTPS_PROXY: `http://127.0.0.1:${port}` };
    const args = ["doctor", `--${name}`, "mine", "-r", region, "-u", "my-user", "--json"];
    const { code, stdout } = await run(program, args, { env: all });
    const { ok, checks } = JSON.parse(stdout);
    assert.deepEqual([code, ok, checks[0].status], [4, false, "unknown"]);
    return [...asked].map((host) => host.replace(/:443$/, "")).sort();
  } finally {
    proxy.closeAllConnections();
    await new Promise<void>((resolve) => proxy.close(() => resolve()));
  }
}

const cases = [
  ["us-east-1", "replication-group-id", {}, ["elasticache.us-east-1.amazonaws.com", "sts.us-east-1.amazonaws.com"]],
  ["us-east-1", "memorydb-cluster", {}, ["memory-db.us-east-1.amazonaws.com", "sts.us-east-1.amazonaws.com"]],
  [
    "cn-north-1",
    "serverless-cache-name",
    {},
    ["elasticache.cn-north-1.amazonaws.com.cn", "sts.cn-north-1.amazonaws.com.cn"],
  ],
  [
    "us-gov-west-1",
    "memorydb-cluster",
    {},
    ["memory-db.us-gov-west-1.amazonaws.com", "sts.us-gov-west-1.amazonaws.com"],
  ],
  [
    "us-west-2",
    "replication-group-id",
    { AWS_USE_FIPS_ENDPOINT: "true" },
    ["elasticache-fips.us-west-2.amazonaws.com", "sts-fips.us-west-2.amazonaws.com"],
  ],
  [
    "us-west-2",
    "replication-group-id",
    { AWS_USE_DUALSTACK_ENDPOINT: "true" },
    ["elasticache.us-west-2.api.aws", "sts.us-west-2.api.aws"],
  ],
] as const;

for (const program of able) {
  for (const [region, name, env, hosts] of cases) {
    test(`${program.name}: doctor asks AWS in ${region} for --${name}${Object.keys(env).map((key) => ` with ${key}`)}`, async () => {
      assert.deepEqual(await hostsAsked(program, region, env, name), hosts);
    });
  }
}
