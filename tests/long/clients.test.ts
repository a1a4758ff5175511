import assert from "node:assert/strict";
import { test } from "node:test";
import { exampleKeys, programs } from "../app/program.ts";
import { redisServer, valkeyServer, withRedis } from "../real/servers.ts";
import { type Client, clients } from "./clients/clients.ts";
import { type Emulate, emulating, withEmulate } from "./clients/emulate.ts";
import type { Did, Login } from "./clients/login.ts";

const found = clients();

function did(login: Login): Did {
  return {
    whoami: login.user,
    ping: "PONG",
    set: "OK",
    get: "v",
    expire: true,
    ttl: 100,
    del: 1,
    gone: null,
    multi: ["OK", 2],
    message: "hello",
  };
}

/** What is wrong with a login, and the finding that says so. */
const wrong: readonly (readonly [rule: string, change: Partial<Login>])[] = [
  ["region-mismatch", { region: "eu-west-3" }],
  ["name-mismatch", { name: "another-cache" }],
  ["signature-mismatch", { secretAccessKey: "throwaway/of-another-key" }],
  ["expired", { at: new Date(Date.now() - 3_600_000).toISOString() }],
];

for (const program of emulating(programs)) {
  for (const flags of [[], ["--cluster", "3"]]) {
    test(`clients: ${[program.name, ...flags].join(" ")}: each logs in with a token of its own making, and is refused a wrong one`, () =>
      withEmulate(program, flags, async (emulate) => {
        for (const client of found) {
          await logsIn(client, emulate);
          for (const [rule, change] of wrong) {
            if (change.at === undefined || client.signsAt) await isRefused(client, emulate, change, rule);
          }
        }
      }));
  }
}

test("clients: valkey-glide's own token lacks what a serverless cache wants; those of others have it", () => {
  const [program] = programs;
  assert.ok(program);
  const flags = ["--serverless-cache-name", "try-me", "--user-id", "my-user", "--region", "us-east-1"];
  const keys = {
    accessKeyId: exampleKeys.AWS_ACCESS_KEY_ID,
    secretAccessKey: exampleKeys.AWS_SECRET_ACCESS_KEY,
  };
  return withEmulate(
    program,
    flags,
    async (emulate) => {
      for (const client of found) {
        if (client.name === "valkey-glide") await isRefused(client, emulate, {}, "resource-type-missing");
        else await logsIn(client, emulate);
      }
    },
    keys,
  );
});

for (const [name, server] of [
  ["redis-server 7", redisServer()],
  ["valkey-server 8", valkeyServer()],
] as const) {
  if (!server) continue;
  test(`clients: each does the same with a real ${name} behind emulate`, () =>
    withRedis(server, {}, ({ host, port }) => {
      const [program] = programs;
      assert.ok(program);
      return withEmulate(program, ["--upstream", `${host}:${port}`], async (emulate) => {
        for (const client of found) {
          await logsIn(client, emulate);
          await isRefused(client, emulate, { region: "eu-west-3" }, "region-mismatch");
        }
      });
    }));
}

async function logsIn(client: Client, { login, next }: Emulate): Promise<void> {
  const decision = next({ accepted: true });
  assert.deepEqual(await client.use(login), did(login), `${client.name}, with tokens by ${client.signedBy}`);
  const { user, findings } = await decision;
  assert.deepEqual([user, findings], [login.user, []], client.name);
}

async function isRefused(
  client: Client,
  { login, next, settled }: Emulate,
  change: Partial<Login>,
  rule: string,
): Promise<void> {
  await settled();
  const decision = next({ accepted: false });
  // Where it was let in, that is what is told.
  decision.catch(() => {});
  const outcome = await client.use({ ...login, ...change });
  assert.ok("refused" in outcome, `${client.name} was let in with ${JSON.stringify(change)}`);
  // A cluster client may put words of its own above the server's, and tell those alone.
  if (!login.cluster) assert.match(outcome.refused, /invalid username-password pair or user is disabled/, client.name);
  const { findings } = await decision;
  const errors = findings.filter(({ severity }) => severity === "error").map((finding) => finding.rule);
  assert.deepEqual(errors, [rule], client.name);
}
