import assert from "node:assert/strict";
import { test } from "node:test";
import { readUsersFile } from "../../src/emulate/users-file.ts";
import { readAccessString } from "../../src/judge/access-string.ts";
import { createLocal } from "./data/local.ts";
import { dial, emulating, tokenAt, world } from "./harness.ts";

const noCommand = (name: string) => `-NOPERM this user has no permissions to run the '${name}' command`;
const noKey = "-NOPERM this user has no permissions to access one of the keys used as arguments";
const noChannel = "-NOPERM this user has no permissions to access one of the channels used as arguments";

/** A world with the users of a users file. */
function worldOf(...users: readonly unknown[]) {
  return { world: { ...world, users: readUsersFile(JSON.stringify({ users })).users } };
}

test("emulate: each user may do what its access string says, in the words of redis-server", () =>
  emulating(
    worldOf("free", { id: "app", access: "on ~app:* %R~shared:* &news:* +@all -@dangerous" }),
    async ({ port, clock }) => {
      const client = await dial(port);
      const login = async (user: string) =>
        assert.equal(await client.ask("AUTH", user, await tokenAt(clock.now(), { user })), "+OK");
      await login("app");
      assert.equal(await client.ask("SET", "app:1", "x"), "+OK");
      assert.equal(await client.ask("SET", "shared:1", "x"), noKey);
      assert.equal(await client.ask("GET", "shared:1"), "nil");
      assert.equal(await client.ask("MGET", "app:1", "other"), noKey);
      assert.equal(await client.ask("FLUSHALL"), noCommand("flushall"));
      assert.equal(await client.ask("CONFIG", "GET", "save"), noCommand("config|get"));
      assert.equal(await client.ask("PUBLISH", "news:1", "x"), ":0");
      assert.equal(await client.ask("PUBLISH", "olds:1", "x"), noChannel);
      assert.equal(await client.ask("PSUBSCRIBE", "news:1*"), noChannel);
      assert.equal(await client.ask("ACL", "WHOAMI"), "$app");
      assert.equal(await client.ask("NONSENSE"), "-ERR unknown command 'NONSENSE', with args beginning with: ");
      assert.equal(await client.ask("GET"), "-ERR wrong number of arguments for 'get' command");
      await login("free");
      assert.equal(await client.ask("FLUSHALL"), "+OK");
      client.destroy();
    },
  ));

test("emulate: AUTH, HELLO, RESET and QUIT are for users who may do nothing else", () =>
  emulating(worldOf({ id: "nobody", access: "on" }), async ({ port, clock }) => {
    const token = await tokenAt(clock.now(), { user: "nobody" });
    const client = await dial(port);
    assert.match(await client.ask("HELLO", "2", "AUTH", "nobody", token), /^\[\$server \$redis/);
    assert.equal(await client.ask("PING"), noCommand("ping"));
    assert.equal(await client.ask("AUTH", "nobody", token), "+OK");
    assert.match(await client.ask("HELLO", "3"), /^\{\$server=\$redis/);
    assert.equal(await client.ask("RESET"), "+RESET");
    assert.equal(await client.ask("PING"), "-NOAUTH Authentication required.");
    assert.equal(await client.ask("QUIT"), "+OK");
    await client.closed();
  }));

test("emulate: whoever is off by the access string is refused for that", () =>
  emulating(worldOf({ id: "my-user", access: "off ~* +@all" }), async ({ port, clock, decisions }) => {
    const client = await dial(port);
    assert.match(await client.ask("AUTH", "my-user", await tokenAt(clock.now())), /^-WRONGPASS/);
    const [finding] = decisions[0]?.findings ?? [];
    assert.equal(finding?.rule, "user-off");
    assert.match(finding?.message ?? "", /access string does not say on/);
    client.destroy();
  }));

test("emulate: where the user named default is open to all, its access string holds before any login", () =>
  emulating(
    worldOf("my-user", { id: "default", authentication: "no-password", access: "on ~* +get" }),
    async ({ port }) => {
      const client = await dial(port);
      assert.equal(await client.ask("GET", "a"), "nil");
      assert.equal(await client.ask("SET", "a", "b"), noCommand("set"));
      client.destroy();
    },
  ));

test("access: what is refused while a transaction is open makes EXEC run nothing", () => {
  const permissions = readAccessString("on ~a +get +multi +exec").access?.permissions ?? [];
  const local = createLocal({ permissions });
  assert.equal(local.say("a", "MULTI"), "+OK\r\n");
  assert.equal(local.say("a", "GET b"), `${noKey}\r\n`);
  assert.equal(local.say("a", "DISCARD"), `${noCommand("discard")}\r\n`);
  assert.equal(local.say("a", "EXEC"), "-EXECABORT Transaction discarded because of previous errors.\r\n");
});

test("access: who may not EXEC is told so, and the transaction is over", () => {
  const permissions = readAccessString("on ~a +get +multi").access?.permissions ?? [];
  const local = createLocal({ permissions });
  local.say("a", "MULTI");
  assert.equal(
    local.say("a", "EXEC"),
    `-EXECABORT Transaction discarded because of: ${noCommand("exec").slice(1)}\r\n`,
  );
  assert.equal(local.say("a", "GET a"), "$-1\r\n");
});

test("access: a cluster's redirections are for those who may have the key", () => {
  const permissions = readAccessString("on ~bar +@all").access?.permissions ?? [];
  const local = createLocal({ permissions, nodes: 3 });
  assert.equal(local.say("a", "SET foo 1"), `${noKey}\r\n`);
  assert.match(local.say("c", "SET bar 1"), /^-MOVED 5061/);
});
