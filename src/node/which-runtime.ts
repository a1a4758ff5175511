/** Which of the three runtimes this is, and what is used of Deno's own API; of Bun's there are the types of bun-types. */

export const isBun = typeof Bun !== "undefined";

/** Undefined on the others. */
export const deno = (globalThis as { readonly Deno?: DenoApi }).Deno;

interface DenoApi extends Readonly<Record<"stdout" | "stderr", { write(bytes: Uint8Array): Promise<number> }>> {
  readonly build: { readonly standalone?: boolean };
  unrefTimer(timer: number): void;
}
