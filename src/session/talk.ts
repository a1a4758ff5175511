/** What is said over the runner's socket: a line of JSON each way, and nothing secret. */
import type { Connection, Host } from "../runtime.ts";

export type Asked = "ping" | "terminate";

/** What a runner says of itself. */
export interface RunnerFacts {
  readonly pid: number;
  readonly startedAt: string;
  /** The shadow credentials file, and the file that it is made of. */
  readonly file: string;
  readonly madeOf: string;
}

/** A line is no longer than this, and comes in this time. */
const mostBytes = 16_384;
const limitMs = 5_000;

/** Answers one question of a connection and ends it. Resolves to what was asked; null where that was nothing. */
export async function answer(
  connection: Connection,
  facts: RunnerFacts,
  host: Pick<Host, "after">,
): Promise<Asked | null> {
  const cancel = host.after(limitMs, () => connection.destroy());
  try {
    const { ask } = fieldsOf(await readLine(connection));
    const asked = ask === "ping" || ask === "terminate" ? ask : null;
    await connection.write(lineOf(asked ? facts : { error: "the question is unknown" }));
    connection.end();
    // Until the other side ends too: it has read all then, and it is over by itself.
    while ((await connection.read()) !== null);
    return asked;
  } catch {
    // Whoever it was is gone.
    connection.destroy();
    return null;
  } finally {
    cancel();
  }
}

/** Asks the runner at the other end; null where it gives no answer in time, or one that makes no sense. */
export async function ask(connection: Connection, what: Asked, host: Pick<Host, "after">): Promise<RunnerFacts | null> {
  const cancel = host.after(limitMs, () => connection.destroy());
  try {
    await connection.write(lineOf({ ask: what }));
    const { pid, startedAt, file, madeOf } = fieldsOf(await readLine(connection));
    if (typeof pid !== "number") return null;
    return { pid, startedAt: `${startedAt}`, file: `${file}`, madeOf: `${madeOf}` };
  } catch {
    return null;
  } finally {
    cancel();
    connection.destroy();
  }
}

async function readLine(connection: Connection): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let length = 0;
  for (let bytes = await connection.read(); bytes !== null; bytes = await connection.read()) {
    length += bytes.length;
    text += decoder.decode(bytes, { stream: true });
    const end = text.indexOf("\n");
    if (end >= 0) return text.slice(0, end);
    if (length > mostBytes) break;
  }
  throw new RangeError("no line");
}

function lineOf(value: object): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value)}\n`);
}

function fieldsOf(line: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(line);
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
