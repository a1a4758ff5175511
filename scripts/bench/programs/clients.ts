/**
 * The clients of logins.ts, on Node. A line of JSON on stdin says where, as whom, how many and how often; for each
 * round a line {ok, seconds} is printed when all are logged in or lost, and one more line on stdin lets them go.
 */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { connect, createSecureContext, type TLSSocket } from "node:tls";
import { createToken } from "../../../src/index.ts";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const { endpoint, user, target, caFile, credentials, logins, rounds } = JSON.parse((await lines.next()).value ?? "");
const { host, port } = endpoint;
const secureContext = createSecureContext({ ca: readFileSync(caFile, "utf8") });

for (let round = 0; round < rounds; round += 1) {
  // Signed before the clock starts, each for another second: no two are the same.
  const now = Date.now();
  const made = Array.from({ length: logins }, (_, index) =>
    createToken({
      target: { replicationGroupId: target.name },
      region: target.region,
      user,
      credentials,
      at: new Date(now - (index % 600) * 1_000),
      expiresIn: 900 - (index % 7),
    }),
  );
  const tokens = (await Promise.all(made)).map(({ token }) => String(token));
  const held: TLSSocket[] = [];
  const start = performance.now();
  const answered = await Promise.all(tokens.map((token) => login(token, held)));
  const seconds = (performance.now() - start) / 1_000;
  // One that was answered and is gone by now was lost all the same.
  const ok = answered.filter((socket) => socket !== null && !socket.destroyed && socket.readable).length;
  console.log(JSON.stringify({ ok, seconds }));
  await lines.next();
  await Promise.all(held.map((socket) => new Promise((resolve) => socket.once("close", resolve).destroy())));
}

/** Resolves with null where it was lost. */
function login(token: string, held: TLSSocket[]): Promise<TLSSocket | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, secureContext });
    held.push(socket);
    let text = "";
    socket.on("secureConnect", () => {
      const words = ["HELLO", "3", "AUTH", user, token].map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
      socket.write(`*5\r\n${words.join("")}*1\r\n$4\r\nPING\r\n`);
    });
    socket.on("data", (bytes: Buffer) => {
      text += bytes.toString("latin1");
      if (text.endsWith("+PONG\r\n")) resolve(text.startsWith("%") ? socket : null);
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(null));
  });
}
