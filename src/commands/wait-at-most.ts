import type { Host } from "../runtime.ts";

/** Waits for what is left to be done, but not for ever: a reader that does not read would keep it from ending. */
export async function waitAtMost(host: Pick<Host, "after">, limitMs: number, rest: Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<void>();
  const callOff = host.after(limitMs, late.resolve);
  await Promise.race([rest, late.promise]);
  callOff();
}
