import { encodeFor } from "../resp/encode.ts";
import type { RespValue } from "../resp/value.ts";
import type { Connection } from "../runtime.ts";
import type { ConnectionFacts } from "./data/server-facts.ts";
import type { Outbox } from "./outbox.ts";

/** How one client is spoken to. */
export interface Talk {
  resp: 2 | 3;
  readonly facts: ConnectionFacts;
  say(reply: RespValue): void;
  sayBytes(bytes: Uint8Array): void;
}

export function createTalk(
  id: number,
  connection: Connection,
  outbox: Outbox,
  connectedAt: Date,
  user: () => string | null,
): Talk {
  const talk: Talk = {
    resp: 2,
    facts: {
      id,
      address: addressOf(connection.remote),
      localAddress: addressOf(connection.local),
      connectedAtMs: connectedAt.getTime(),
      name: "",
      libraryName: "",
      libraryVersion: "",
      user: () => user() ?? "(no login)",
      resp: () => talk.resp,
    },
    say: (reply) => outbox.send(encodeFor(talk.resp, reply)),
    sayBytes: outbox.send,
  };
  return talk;
}

function addressOf({ address, family, port }: Connection["remote"]): string {
  return family === 6 ? `[${address}]:${port}` : `${address}:${port}`;
}
