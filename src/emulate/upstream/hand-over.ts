import type { Naming } from "../../naming.ts";
import { encode } from "../../resp/encode.ts";
import { error, simple } from "../../resp/value.ts";
import { openUpstream, type UpstreamAddress, type UpstreamPorts } from "./open-upstream.ts";
import { type RelayOptions, relay } from "./relay.ts";

export interface HandOverOptions extends Omit<RelayOptions, "upstream" | "ports"> {
  readonly address: UpstreamAddress;
  readonly ports: UpstreamPorts;
  readonly naming: Naming;
  /** The client waits for the answer to its AUTH. */
  readonly owesOk: boolean;
  /** Called when the emulator closes. */
  readonly closers: Set<() => void>;
  /** Told to people. */
  failed(message: string): void;
}

/** Gives a client that has logged in to the upstream. What comes of it: it logged out by RESET, or its connection is over. */
export async function handOver(options: HandOverOptions): Promise<"reset" | "over"> {
  const { address, ports, outbox, owesOk, closers } = options;
  const opened = await openUpstream(address, ports, options.naming);
  if (!opened.connection) return fail(`${opened.problem}. ${opened.fix}`);
  if (owesOk) outbox.send(encode(simple("OK")));
  const upstream = opened.connection;
  closers.add(upstream.destroy);
  const how = await relay({ ...options, upstream });
  closers.delete(upstream.destroy);
  if (how.kind === "reset") return "reset";
  if (how.kind === "malformed") outbox.send(encode(error(`ERR ${how.message}`)));
  return how.kind === "upstream-gone" ? fail("closed the connection. Look at its log.", !how.midway) : "over";

  /** The client is told too, unless it would take that for the rest of a reply. */
  function fail(what: string, tellClient = true): "over" {
    const host = address.host.includes(":") ? `[${address.host}]` : address.host;
    const message = `the upstream ${host}:${address.port} ${what}`;
    options.failed(message);
    if (tellClient) outbox.send(encode(error(`ERR cacheauth emulate took the login, but ${message}`)));
    return "over";
  }
}
