/** Commands and replies over a connection. */
import { createDecoder } from "../resp/decode.ts";
import { encodeCommand } from "../resp/encode.ts";
import { joinBytes } from "../resp/join-bytes.ts";
import { isError, type RespValue, text } from "../resp/value.ts";
import type { Connection } from "../runtime.ts";

/** How the server answered a command. */
export type Answer =
  | { readonly kind: "reply"; readonly value: RespValue }
  /** An error reply, in the server's words. */
  | { readonly kind: "refusal"; readonly words: string }
  /** The end of the stream, or the runtime's code for how it broke. */
  | { readonly kind: "closed"; readonly code: string | null }
  /** No RESP, or one that the end of the stream cut off; the bytes that came, as far as they were kept. */
  | { readonly kind: "foreign"; readonly bytes: Uint8Array; readonly isCut: boolean };

type Words = readonly string[];

export interface Conversation {
  /** Sends these commands at once, and gives an answer for each. After `closed` or `foreign` all the others are the same. */
  ask(commands: readonly Words[], signal: AbortSignal): Promise<readonly Answer[]>;
  close(): void;
}

/** A reply of what is asked here is small; CLUSTER SLOTS of 500 nodes is not 1 MiB. */
const limits = { depth: 16, bytes: 4 << 20, items: 200_000 };

/** What is kept of a reply to see what answers. */
const mostKept = 512;

export function converse(connection: Connection): Conversation {
  const decoder = createDecoder(limits);
  let kept: Uint8Array = new Uint8Array(0);
  let over: Answer | null = null;

  async function next(): Promise<Answer> {
    for (;;) {
      if (over) return over;
      const decoded = decoder.next();
      if (decoded.kind === "malformed") over = { kind: "foreign", bytes: kept, isCut: false };
      // What a server sends unasked is no reply.
      else if (decoded.kind === "value" && decoded.value.type !== "push") {
        kept = new Uint8Array(0);
        return isError(decoded.value)
          ? { kind: "refusal", words: text(decoded.value) ?? "" }
          : { kind: "reply", value: decoded.value };
      } else if (decoded.kind === "more") {
        const bytes = await readOrCode(connection);
        // What is half read when the stream ends may be another protocol's line.
        if (!(bytes instanceof Uint8Array))
          over = kept.length > 0 ? { kind: "foreign", bytes: kept, isCut: true } : bytes;
        else {
          if (kept.length < mostKept) kept = joinBytes([kept, bytes.subarray(0, mostKept - kept.length)]);
          decoder.push(bytes);
        }
      }
    }
  }

  return {
    async ask(commands, signal) {
      const destroy = () => connection.destroy();
      signal.addEventListener("abort", destroy);
      // What the server said before it closed is still there to be read, and tells more than that it closed.
      if (!over) await connection.write(joinBytes(commands.map((words) => encodeCommand(...words)))).catch(() => {});
      const answers: Answer[] = [];
      for (const _ of commands) answers.push(await next());
      signal.removeEventListener("abort", destroy);
      return answers;
    },
    close: () => connection.destroy(),
  };
}

async function readOrCode(connection: Connection): Promise<Uint8Array | Extract<Answer, { kind: "closed" }>> {
  try {
    return (await connection.read()) ?? { kind: "closed", code: null };
  } catch (error) {
    return { kind: "closed", code: (error as { code?: string }).code ?? "unknown" };
  }
}
