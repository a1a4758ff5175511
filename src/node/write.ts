import { CacheauthError } from "../errors.ts";
import { isBun } from "./which-runtime.ts";

/**
 * What a pipe takes whole or not at all (POSIX, write: PIPE_BUF, 4,096 on Linux and at least 512 anywhere). Where stdout
 * is a non-blocking pipe that fills, Bun.write begins again from the start of what it was given, and Deno's writeSync
 * throws EAGAIN after it has written a part: both are right only for what is not divided.
 */
const pieceSize = process.platform === "linux" ? 4_096 : 512;

/**
 * Writes all of it, or throws. process.stdout would drop what is left at exit, and touching it costs 15 ms on Bun;
 * Bun.write waits for slow readers and reports a full disk, and needs no node:fs, which costs 2 ms. A reader that went
 * away wants no more: that is no failure.
 */
export async function write(fd: 1 | 2, text: string): Promise<void> {
  // Bun.write empties the file that it is to write nothing to: the log of a whole script, perhaps.
  if (text === "") return;
  try {
    const bytes = new TextEncoder().encode(text);
    if (isBun && bytes.length <= pieceSize) await Bun.write(fd === 1 ? Bun.stdout : Bun.stderr, bytes);
    else await writePieces(fd, bytes);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // Nothing can be said where stderr itself is gone.
    if (code === "EPIPE" || fd === 2) return;
    const why = code === "ENOSPC" ? "no space is left on the device (ENOSPC)" : (code ?? "unknown error");
    throw new CacheauthError(
      "output-unwritable",
      `stdout could not be written: ${why}.`,
      "Make room, or send the output elsewhere; what is there now is not whole.",
    );
  }
}

async function writePieces(fd: number, bytes: Uint8Array): Promise<void> {
  const { writeSync } = await import("node:fs");
  for (let start = 0; start < bytes.length; ) {
    try {
      start += writeSync(fd, bytes, start, Math.min(pieceSize, bytes.length - start));
    } catch (error) {
      // A non-blocking pipe that is full: let its reader run.
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
}
