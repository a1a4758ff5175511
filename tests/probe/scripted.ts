/** A server of the test's own process, in clear text on 127.0.0.1, that answers as it is told; the rest as a Redis 7 would. */

import type { Connection } from "../../src/runtime.ts";
import { listening } from "../net/listening.ts";
import { type Session, usual } from "../real/scripted-redis.ts";

/** The reply's bytes, one character each; null closes, undefined answers nothing. */
export type Reply = (words: readonly string[], session: Session, connection: number) => string | null | undefined;

export interface Scripted {
  readonly port: number;
  readonly ca: "";
  readonly caFile: "";
  /** What each connection asked, in order: its commands' words. */
  readonly asked: (readonly string[])[][];
  /** Resolves when a command of that name, in capitals, has come so often. */
  saw(name: string, times?: number): Promise<void>;
}

/** By the command's name in capitals, or its first two words: `ACL WHOAMI`. */
export type Replies = Readonly<Record<string, string | Reply>>;

export async function withScripted<T>(replies: Replies, use: (server: Scripted) => Promise<T>): Promise<T> {
  const asked: string[][][] = [];
  let waiting: { readonly name: string; left: number; readonly done: () => void }[] = [];
  const { listener } = await listening((connection) => {
    const index = asked.push([]) - 1;
    void serve(connection, (words, session) => {
      const name = words[0]?.toUpperCase() ?? "";
      asked[index]?.push([...words]);
      for (const wait of waiting) if (wait.name === name && --wait.left === 0) wait.done();
      waiting = waiting.filter(({ left }) => left > 0);
      const reply = replies[`${name} ${words[1]?.toUpperCase()}`] ?? replies[name];
      if (typeof reply === "function") return reply(words, session, index);
      return reply ?? usual(name.toLowerCase(), words, session);
    });
  });
  const saw = (name: string, times = 1) =>
    new Promise<void>((done) => {
      const left = times - asked.flat().filter((words) => words[0]?.toUpperCase() === name).length;
      if (left <= 0) done();
      else waiting.push({ name, left, done });
    });
  try {
    return await use({ port: listener.port, ca: "", caFile: "", asked, saw });
  } finally {
    await listener.close();
  }
}

async function serve(
  connection: Connection,
  answer: (words: readonly string[], session: Session) => string | null | undefined,
): Promise<void> {
  const session: Session = { resp: 2, user: null };
  let rest = "";
  try {
    for (let bytes = await connection.read(); bytes !== null; bytes = await connection.read()) {
      rest += String.fromCharCode(...bytes);
      for (let found = firstCommand(rest); found; found = firstCommand(rest)) {
        rest = rest.slice(found.end);
        const reply = answer(found.words, session);
        if (reply === null) return connection.end();
        if (reply !== undefined) await connection.write(Uint8Array.from(reply, (char) => char.charCodeAt(0)));
      }
    }
  } catch {
    // The client is gone.
  }
  connection.destroy();
}

/** An array of bulk strings, as clients send it; null while it is not whole. */
export function firstCommand(text: string): { readonly words: string[]; readonly end: number } | null {
  const head = /^\*(\d+)\r\n/.exec(text);
  if (!head) return null;
  const words: string[] = [];
  let end = head[0].length;
  for (let left = Number(head[1]); left > 0; left -= 1) {
    const size = /^\$(\d+)\r\n/.exec(text.slice(end, end + 16));
    const start = end + (size?.[0].length ?? 0);
    end = start + Number(size?.[1]) + 2;
    if (!size || text.length < end) return null;
    words.push(text.slice(start, end - 2));
  }
  return { words, end };
}
