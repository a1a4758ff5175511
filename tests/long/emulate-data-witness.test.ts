import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { commands } from "../../src/emulate/data/commands.ts";
import { createDecoder } from "../../src/resp/decode.ts";
import { encode, encodeCommand } from "../../src/resp/encode.ts";
import { type RespValue, text } from "../../src/resp/value.ts";
import { assertSame, readAll } from "../emulate/data/compare.ts";
import { createLocal } from "../emulate/data/local.ts";
import { folder, formatTranscripts, readTranscripts, type Step, type Transcript } from "../emulate/data/transcript.ts";
import { type RealServer, redisServer, withRedis } from "../real/servers.ts";
import { withCluster } from "../real/situations.ts";

const redis = redisServer();
const isRecording = process.env["CACHEAUTH_RECORD"] !== undefined;

if (redis) {
  for (const [file, transcripts] of readTranscripts()) {
    test(`witness: redis-server answers as it did: ${file}`, () => {
      const use = async (servers: readonly RealServer[]) => {
        for (const transcript of transcripts) await play(transcript, servers);
        if (isRecording) writeFileSync(join(folder, file), formatTranscripts(transcripts));
      };
      if (file.startsWith("cluster")) return withCluster(redis, {}, use);
      return withRedis(redis, {}, (server) => use([server]));
    });
  }
}

if (redis) {
  test("witness: redis-server describes the commands that are built in alike", () =>
    withRedis(redis, {}, async ({ port }) => {
      const client = await openClient(port, 3);
      const local = createLocal({ resp: 3 });
      for (const name of commands.keys()) {
        const words = ["COMMAND", "INFO", name].map((word) => new TextEncoder().encode(word));
        client.send(words);
        local.send("a", words);
        const [theirs, ours] = [await client.take(1), local.take("a")].map(descriptionOf);
        assert.ok(theirs && ours);
        const newer = ours.subcommands.filter(({ name }) => ["client|setinfo", "client|no-touch"].includes(`${name}`));
        const subcommands = theirs.subcommands.filter(({ name }) => ours.subcommands.some((one) => one.name === name));
        assert.deepEqual(ours.subcommands.length, subcommands.length + newer.length, name);
        assert.deepEqual(
          { ...ours, subcommands: ours.subcommands.filter((one) => !newer.includes(one)).sort(byName) },
          { ...theirs, subcommands: subcommands.sort(byName) },
        );
      }
      client.close();
    }));
}

interface Description {
  readonly name: unknown;
  readonly facts: unknown;
  readonly subcommands: Description[];
}

const byName = (a: Description, b: Description) => (`${a.name}` < `${b.name}` ? -1 : 1);

function descriptionOf(bytes: string): Description {
  const [reply] = readAll(bytes);
  assert.ok(reply?.type === "array");
  return describe(reply.items[0]);
}

/** All but the specifications of keys, which are left empty here. */
function describe(value: RespValue | undefined): Description {
  assert.ok(value?.type === "array");
  const [name, arity, flags, first, last, step, categories, tips, , subcommands] = value.items.map((item) =>
    item.type === "set" ? item.items.map(text).sort() : item.type === "array" ? item.items.map(describe) : text(item),
  );
  return {
    name,
    facts: { arity, flags, keys: [first, last, step], categories, tips },
    subcommands: subcommands as Description[],
  };
}

async function play({ name, steps }: Transcript, servers: readonly RealServer[]): Promise<void> {
  const names = [...new Set(steps.map(({ client }) => client))];
  for (const version of [2, 3] as const) {
    for (const server of servers) server.command("FLUSHALL");
    const clients = new Map<string, Client>();
    for (const client of names) {
      const server = servers[servers.length > 1 ? Number(client.charCodeAt(0) - 97) : 0];
      assert.ok(server);
      clients.set(client, await openClient(server.port, version));
    }
    for (const step of steps) {
      clients.get(step.client)?.send(step.words);
      for (const [who, client] of clients) {
        if (isRecording) await record(step, version, who, client, servers);
        else await check(step, version, who, client, `${name}, RESP${version}, client ${who}`, servers);
      }
    }
    for (const client of clients.values()) client.close();
  }
}

/** What a step expects is waited for; what else came is seen at the next. */
async function check(
  step: Step,
  version: 2 | 3,
  who: string,
  client: Client,
  where: string,
  servers: readonly RealServer[],
) {
  const expected = step.got[version].get(who) ?? "";
  const found = withoutPorts(await client.take(expected === "" ? 0 : countOf(expected)), servers);
  assertSame(found, expected, step, where);
}

async function record(
  step: Step,
  version: 2 | 3,
  who: string,
  client: Client,
  servers: readonly RealServer[],
): Promise<void> {
  const got = withoutPorts(await client.takeUntilQuiet(), servers);
  if (got === "") step.got[version].delete(who);
  else step.got[version].set(who, got);
}

/** The ports of a cluster's nodes as the tests of the core number them. */
function withoutPorts(bytes: string, servers: readonly RealServer[]): string {
  if (servers.length < 2) return bytes;
  return servers.reduce((text, { port }, index) => text.replaceAll(`:${port}`, `:${7000 + index}`), bytes);
}

function countOf(bytes: string): number {
  const decoder = createDecoder();
  decoder.push(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
  let count = 0;
  while (decoder.next().kind === "value") count += 1;
  return count;
}

interface Client {
  send(words: readonly Uint8Array[]): void;
  /** So many values, in their bytes. */
  take(count: number): Promise<string>;
  takeUntilQuiet(): Promise<string>;
  close(): void;
}

async function openClient(port: number, version: 2 | 3): Promise<Client> {
  const socket: Socket = connect(port, "127.0.0.1");
  const decoder = createDecoder();
  const values: string[] = [];
  let heard = () => {};
  socket.on("data", (bytes) => {
    decoder.push(bytes);
    for (let decoded = decoder.next(); decoded.kind !== "more"; decoded = decoder.next()) {
      assert.ok(decoded.kind === "value");
      values.push(String.fromCharCode(...encode(decoded.value)));
    }
    heard();
  });
  const client: Client = {
    send: (words) => socket.write(encodeCommand(...words)),
    async take(count) {
      while (values.length < count) await new Promise<void>((resolve) => (heard = resolve));
      return values.splice(0).join("");
    },
    async takeUntilQuiet() {
      await new Promise((resolve) => setTimeout(resolve, 25));
      return values.splice(0).join("");
    },
    close: () => socket.destroy(),
  };
  client.send([new TextEncoder().encode("HELLO"), new TextEncoder().encode(`${version}`)]);
  await client.take(1);
  return client;
}
