import { shown } from "../../errors.ts";
import type { Naming } from "../../naming.ts";
import { encodeCommand } from "../../resp/encode.ts";
import type { Connection, Host, Net } from "../../runtime.ts";
import { toHex } from "../../token/hex.ts";
import { speaksTls } from "./speaks-tls.ts";

export interface UpstreamAddress {
  readonly host: string;
  readonly port: number;
}

export interface UpstreamPorts extends Pick<Host, "after" | "random"> {
  readonly net: Pick<Net, "resolve" | "connect" | "secure">;
}

/** A connection that answers as it should, or why there is none and what to do. */
export type Opened =
  | { readonly connection: Connection }
  /** A clause that follows "the upstream HOST:PORT", and a sentence. */
  | { readonly connection: null; readonly problem: string; readonly fix: string };

/** A server on the same machine or network answers within that. */
const timeoutMs = 5_000;

/** Connects in clear text and asks for a sign of life, so that a server which wants a login of its own is not mistaken. */
export async function openUpstream(
  { host, port }: UpstreamAddress,
  ports: UpstreamPorts,
  naming: Naming,
): Promise<Opened> {
  const option = naming.option("upstream");
  const tls = speakingTls(option);
  const stop = new AbortController();
  let connection: Connection | null = null;
  const cancel = ports.after(timeoutMs, () => {
    stop.abort();
    connection?.destroy();
  });
  try {
    connection = await connectAny(host, port, ports.net, stop.signal);
    const marker = toHex(ports.random(8));
    await connection.write(encodeCommand("PING", marker));
    const wanted = `$${marker.length}\r\n${marker}\r\n`;
    const said = await firstReply(connection, wanted.length);
    if (said === wanted) return { connection };
    connection.destroy();
    if (stop.signal.aborted) return { connection: null, ...silent };
    return { connection: null, ...((await seenTls(said)) ?? explained(said)) };
  } catch (error) {
    connection?.destroy();
    if (stop.signal.aborted) return { connection: null, ...silent };
    const code = (error as { code?: string }).code ?? "unknown error";
    return { connection: null, ...(connection ? ((await seenTls("")) ?? closed) : unreachable(code, option)) };
  } finally {
    cancel();
  }

  /** Clear text gets an alert of TLS, the end of the connection or a reset from a server that speaks TLS. */
  async function seenTls(said: string): Promise<typeof tls | null> {
    if (/^[\x15\x16]\x03/.test(said)) return tls;
    if (said !== "") return null;
    const dial = () => connectAny(host, port, ports.net, stop.signal);
    return (await speaksTls(dial, ports.net, host, stop.signal)) ? tls : null;
  }
}

async function connectAny(host: string, port: number, net: UpstreamPorts["net"], signal: AbortSignal) {
  let failure: unknown = Object.assign(new Error("no address"), { code: "ENOTFOUND" });
  for (const { address } of await net.resolve(host)) {
    try {
      return await net.connect({ address, port, signal });
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/** Until there are as many bytes as are expected, or a line that says something else, or the end. */
async function firstReply(connection: Connection, length: number): Promise<string> {
  let said = "";
  for (let chunk = await connection.read(); chunk !== null; chunk = await connection.read()) {
    said += String.fromCharCode(...chunk.subarray(0, 1_024));
    if (said.length >= length || (!said.startsWith("$") && said.includes("\n"))) break;
  }
  return said;
}

const plainServer = "Name a redis-server or valkey-server that takes clients in clear text and without a password.";

const speakingTls = (option: string) => ({
  problem: `speaks TLS, and ${option} speaks clear text`,
  fix: "Give it a port in clear text: of redis-server and valkey-server it is `port`, beside `tls-port`. Or take the TLS off in between, as stunnel does.",
});

/** A runtime whose TLS is not fit cannot look whether it was that. */
const closed = {
  problem: "closed the connection",
  fix: `${plainServer} If it speaks TLS, give it a port without.`,
};

const silent = { problem: "does not answer", fix: plainServer };

function unreachable(code: string, option: string): { problem: string; fix: string } {
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return { problem: `has a name that cannot be found (${code})`, fix: `Check the host in ${option}.` };
  }
  return { problem: `cannot be reached (${code})`, fix: `Start the server, or correct ${option}.` };
}

function explained(said: string): { problem: string; fix: string } {
  const line = said.split(/\r?\n/, 1)[0] ?? "";
  if (/^-NOAUTH/.test(line)) return { problem: "wants a login of its own", fix: plainServer };
  if (/^-DENIED/.test(line)) return { problem: "is in protected mode", fix: plainServer };
  if (/^-LOADING/.test(line)) return { problem: "is still loading its data", fix: "Wait, and connect again." };
  if (line === "") return closed;
  return { problem: `answers ${shown(line)} to PING`, fix: plainServer };
}
