/** New connections to the address that answered, only to see what is there. None of them carries a token. */
import { encodeCommand } from "../resp/encode.ts";
import { joinBytes } from "../resp/join-bytes.ts";
import type { Peer } from "../runtime.ts";
import type { StepTime } from "../walk/step.ts";
import { type Answer, converse } from "./conversation.ts";
import { isSentinel } from "./diagnose/sentinel.ts";
import type { Progress } from "./progress.ts";
import { recognise, type Speaker } from "./recognise.ts";
import type { ProbePorts, ProbeRequest } from "./request.ts";

/** Who answers a PING in clear text, and whether INFO calls it a Sentinel; null where nobody does. */
export async function lookInClearText(
  request: ProbeRequest,
  progress: Progress,
  { net }: ProbePorts,
  time: StepTime,
): Promise<Speaker | null> {
  const { address } = progress;
  if (!address) return null;
  let seen: Uint8Array = new Uint8Array(0);
  let info: Answer | undefined;
  await time.afterwards(async (signal) => {
    const connection = await net.connect({ address: address.address, port: request.endpoint.port, signal });
    signal.addEventListener("abort", () => connection.destroy());
    try {
      await connection.write(encodeCommand("PING"));
      // A line tells, which may come in pieces; TLS has none.
      while (seen.length < mostSeen && !seen.includes(lineFeed) && recognise(seen)?.what !== "tls") {
        const bytes = await connection.read();
        if (bytes === null) break;
        seen = joinBytes([seen, bytes.subarray(0, mostSeen)]);
      }
      // Who answers PING without a login answers INFO too.
      if (new TextDecoder().decode(seen) === "+PONG\r\n") [info] = await converse(connection).ask(askInfo, signal);
    } finally {
      connection.destroy();
    }
  });
  const speaker = recognise(seen);
  return speaker && isSentinel(info) ? { ...speaker, what: "sentinel", label: "a Sentinel" } : speaker;
}

const askInfo = [["INFO", "server"]];

const mostSeen = 512;
const lineFeed = 10;

/** What a TLS server there shows, whoever it is; null where none answers. */
export async function lookAtPeer(
  request: ProbeRequest,
  progress: Progress,
  { net }: ProbePorts,
  time: StepTime,
): Promise<Peer | null> {
  const { address } = progress;
  if (!address) return null;
  const { host, port } = request.endpoint;
  const name = request.tls?.name ?? host;
  const ended = await time.afterwards(async (signal) => {
    const plain = await net.connect({ address: address.address, port, signal });
    const { connection, peer } = await net.secure(plain, {
      name,
      ca: request.tls?.ca?.pem ?? null,
      verify: false,
      signal,
    });
    connection.destroy();
    return peer;
  });
  return ended.end === "done" ? ended.value : null;
}
