/** Where and when a bench was run: figures of another machine are other figures. */
import { cpus, loadavg, release, totalmem, type } from "node:os";

export function machine(): string {
  const processors = cpus();
  const [load = 0] = loadavg();
  // What is done within its turn on a processor hardly sees the others; what is not waits for them, and ratios grow.
  const busy = load > processors.length / 2 ? ": busy, so that what takes long looks longer than it is" : "";
  return [
    new Date().toISOString().slice(0, 10),
    `${processors.length} × ${processors[0]?.model.trim()}`,
    `${Math.round(totalmem() / 1e9)} GB`,
    `${type()} ${release()} on ${process.arch}`,
    `load at the start ${load.toFixed(1)}${busy}`,
  ].join(" · ");
}
