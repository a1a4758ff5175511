import { deno } from "./which-runtime.ts";

export function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

/** `after`, for what keeps no process alive that has nothing else to do. */
export function afterIdly(ms: number, run: () => void): () => void {
  const timer: unknown = setTimeout(run, ms);
  // Deno's own setTimeout returns a number.
  if (typeof timer === "number") deno?.unrefTimer(timer);
  else (timer as { unref(): void }).unref();
  return () => clearTimeout(timer as number);
}
