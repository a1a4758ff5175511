/**
 * What a probe is measured against: the least that a program must do to log in over TLS and get a PONG. The token and
 * where to are in the environment.
 */
import { readFileSync } from "node:fs";
import { connect } from "node:tls";

const { BENCH_HOST: host = "", BENCH_PORT = "", BENCH_CA = "", BENCH_USER = "", BENCH_TOKEN = "" } = process.env;
const socket = connect({ host, port: Number(BENCH_PORT), ca: readFileSync(BENCH_CA, "utf8") }, () => {
  const words = ["HELLO", "3", "AUTH", BENCH_USER, BENCH_TOKEN];
  socket.write(`*5\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join("")}`);
});
let replies = "";
socket.on("data", (bytes: Buffer) => {
  if (replies === "") socket.write("*1\r\n$4\r\nPING\r\n");
  replies += bytes.toString("latin1");
  if (replies.endsWith("+PONG\r\n")) process.exit(replies.startsWith("%") ? 0 : 1);
});
socket.on("error", () => process.exit(1));
