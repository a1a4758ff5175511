/** What the standard streams are connected to. */
import { isBun } from "./which-runtime.ts";

export async function look(stream: "stdout" | "stderr"): Promise<{ isTerminal: boolean; columns: number }> {
  const fd = stream === "stdout" ? 1 : 2;
  if (!(await isTerminalAfterLooking(fd))) return { isTerminal: false, columns: 80 };
  return { isTerminal: true, columns: process[stream].columns || 80 };
}

/** A pipe or a file is no terminal, which Bun tells in 0.4 ms; its node:tty costs a start 3 ms and more. */
export async function isTerminalAfterLooking(fd: 0 | 1 | 2): Promise<boolean> {
  if (isBun) {
    const file = [Bun.stdin, Bun.stdout, Bun.stderr][fd];
    const stat = await file?.stat().catch(() => undefined);
    if (stat && !stat.isCharacterDevice()) return false;
  }
  return isTerminal(fd);
}

/** Node 22.0 to 22.2 have no getBuiltinModule; the streams know as well, only slower. */
export function isTerminal(fd: 0 | 1 | 2): boolean {
  const tty = process.getBuiltinModule?.("node:tty");
  if (tty) return tty.isatty(fd);
  return Boolean([process.stdin, process.stdout, process.stderr][fd]?.isTTY);
}
