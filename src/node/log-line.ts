import { deno } from "./which-runtime.ts";

/**
 * Writes that wait for a slow reader without keeping the event loop. On Node and Bun the streams of the process do so on
 * pipes; on Deno they do not, but its own do.
 */
export async function logLine(stream: "stdout" | "stderr", text: string): Promise<void> {
  if (deno) {
    const bytes = new TextEncoder().encode(text);
    try {
      for (let at = 0; at < bytes.length; ) at += await deno[stream].write(bytes.subarray(at));
    } catch {
      // Nobody reads it.
    }
    return;
  }
  const out = process[stream];
  if (out.listenerCount("error") === 0) out.on("error", () => {});
  await new Promise<void>((resolve) => {
    // A stream that has failed calls nobody back on every runtime.
    if (out.destroyed || !out.writable) resolve();
    else out.write(text, () => resolve());
  });
}
