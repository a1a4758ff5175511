import { once } from "node:events";
import { connect as dial, type Socket } from "node:net";
import { connect as dialTls } from "node:tls";

/** A client that knows no protocol and keeps every byte: for what must go by untouched. */
export class Wire {
  readonly #socket: Socket;
  #chunks: Buffer[] = [];
  #size = 0;
  #more = Promise.withResolvers<void>();

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (bytes: Buffer) => {
      this.#chunks.push(bytes);
      this.#size += bytes.length;
      this.#more.resolve();
    });
    const over = (error?: Error) => this.#more.reject(error ?? new Error("the connection ended"));
    socket.on("error", over).on("close", () => over());
    socket.setTimeout(60_000, () => socket.destroy(new Error("silence for a minute")));
    // Whoever waits for nothing more is told nothing.
    this.#more.promise.catch(() => {});
  }

  /** In clear text, or over TLS where an authority is given. */
  static async open(server: { readonly host: string; readonly port: number }, ca: string | null): Promise<Wire> {
    const { host, port } = server;
    const socket = ca === null ? dial(port, host) : dialTls({ host, port, ca });
    await once(socket, ca === null ? "connect" : "secureConnect");
    return new Wire(socket);
  }

  /** Resolves when it is on its way; no sooner than the other side has read most of it. */
  write(bytes: Buffer | string): Promise<void> {
    return new Promise((resolve, reject) => this.#socket.write(bytes, (error) => (error ? reject(error) : resolve())));
  }

  /** All up to and with these bytes, which must be the last that came. Rejects if the connection ends before. */
  async until(end: string | Buffer): Promise<Buffer> {
    const last = Buffer.from(end);
    while (!this.#endsWith(last)) await this.#wait();
    return this.#take();
  }

  /** The next so many bytes, which must be the last that came. */
  async exactly(size: number): Promise<Buffer> {
    while (this.#size < size) await this.#wait();
    return this.#take();
  }

  /** Reads no more, so that the other side is held up. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  close(): void {
    this.#socket.destroy();
  }

  #wait(): Promise<void> {
    this.#more = Promise.withResolvers<void>();
    this.#more.promise.catch(() => {});
    if (this.#socket.destroyed) this.#more.reject(new Error("the connection ended"));
    return this.#more.promise;
  }

  #endsWith(last: Buffer): boolean {
    if (this.#size < last.length) return false;
    const tail = this.#chunks.at(-1);
    if (tail && tail.length >= last.length) return tail.subarray(-last.length).equals(last);
    this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0]?.subarray(-last.length).equals(last) ?? false;
  }

  #take(): Buffer {
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#size = 0;
    return all;
  }
}
