/** New connections to the address that answered, only to see what is there. None of them carries a token. */
import { encodeCommand } from "../resp/encode.ts";
import type { Peer } from "../runtime.ts";
import type { StepTime } from "../walk/step.ts";
import type { Progress } from "./progress.ts";
import { recognise, type Speaker } from "./recognise.ts";
import type { ProbePorts, ProbeRequest } from "./request.ts";

/** A look is for the explanation alone: it must not double the time that a failure takes. */
const mostMs = 2_000;

/** Who answers a PING in clear text; null where nobody does. */
export async function lookInClearText(
  request: ProbeRequest,
  progress: Progress,
  { net }: ProbePorts,
  time: StepTime,
): Promise<Speaker | null> {
  const { address } = progress;
  if (!address) return null;
  const ended = await time.within(async (signal) => {
    const connection = await net.connect({ address: address.address, port: request.endpoint.port, signal });
    signal.addEventListener("abort", () => connection.destroy());
    try {
      await connection.write(encodeCommand("PING"));
      return await connection.read();
    } finally {
      connection.destroy();
    }
  }, mostMs);
  return ended.end === "done" && ended.value !== null ? recognise(ended.value) : null;
}

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
  const ended = await time.within(async (signal) => {
    const plain = await net.connect({ address: address.address, port, signal });
    const { connection, peer } = await net.secure(plain, {
      name,
      ca: request.tls?.ca?.pem ?? null,
      verify: false,
      signal,
    });
    connection.destroy();
    return peer;
  }, mostMs);
  return ended.end === "done" ? ended.value : null;
}
