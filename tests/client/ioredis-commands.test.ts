import assert from "node:assert/strict";
import { test } from "node:test";
import { watchCommands } from "../../src/client/ioredis-commands.ts";
import type { Command, Connection } from "../../src/client/ioredis-internals.ts";
import { tokenProvider } from "../../src/index.ts";

/** A connection that writes down what it is given, and a command as clients make them. */
function connected() {
  const wire: string[] = [];
  const redis = {
    mode: "normal",
    sendCommand: (command: Command) => void wire.push(command.name),
  };
  const provider = tokenProvider({
    target: { replicationGroupId: "my-cache", region: "us-east-1" },
    user: "my-user",
    credentials: () => Promise.reject(new Error("none")),
  });
  const watch = watchCommands(redis as unknown as Connection, provider);
  const send = (name: string, args: string[] = [], stream?: unknown) => {
    const command = { name, args, resolve: () => wire.push(`/${name}`), reject: () => wire.push(`!${name}`) };
    (redis as unknown as Connection).sendCommand(command, stream);
    return command;
  };
  return { wire, redis, send, whenFree: () => watch.whenFree(() => wire.push("AUTH")), reset: watch.reset };
}

for (const [name, args] of [
  ["blpop", ["k", "1"]],
  ["BRPOPLPUSH", ["a", "b", "1"]],
  ["bzpopmin", ["k", "1"]],
  ["xread", ["BLOCK", "1000", "STREAMS", "s", "$"]],
  ["xreadgroup", ["GROUP", "g", "c", "block", "0", "STREAMS", "s", ">"]],
  ["wait", ["1", "100"]],
] as const) {
  test(`ioredis: AUTH waits for the end of ${name}, and comes at once then`, () => {
    const { wire, send, whenFree } = connected();
    const first = send(name, [...args]);
    const second = send(name, [...args]);
    whenFree();
    send("get");
    first.resolve();
    assert.deepEqual(wire, [name, name, "get", `/${name}`]);
    second.reject();
    assert.deepEqual(wire.slice(4), [`!${name}`, "AUTH"]);
  });
}

test("ioredis: AUTH waits for nothing that does not block", () => {
  const { wire, send, whenFree } = connected();
  send("xread", ["STREAMS", "s", "0"]);
  send("get", ["block"]);
  whenFree();
  assert.deepEqual(wire, ["xread", "get", "AUTH"]);
});

test("ioredis: AUTH is never in the midst of MULTI, nor of a pipeline", () => {
  const { wire, send, whenFree } = connected();
  send("multi");
  whenFree();
  send("set");
  send("exec", [], "a pipeline");
  send("get", [], "a pipeline");
  assert.deepEqual(wire, ["multi", "set", "exec", "get"]);
  send("ping");
  assert.deepEqual(wire.slice(4), ["AUTH", "ping"]);
});

test("ioredis: AUTH waits while subscribed with RESP2; a refused MULTI, and a connection that was closed, hold up none", () => {
  const { wire, redis, send, whenFree, reset } = connected();
  redis.mode = "subscriber";
  whenFree();
  send("subscribe");
  redis.mode = "normal";
  send("get");
  assert.deepEqual(wire, ["subscribe", "AUTH", "get"]);
  send("multi").reject();
  whenFree();
  assert.deepEqual(wire.slice(3), ["multi", "!multi", "AUTH"]);
  send("blpop");
  send("multi");
  reset();
  whenFree();
  assert.equal(wire.at(-1), "AUTH");
});
