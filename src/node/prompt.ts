/**
 * The secret prompt of io.ts, apart because it is rarely needed: asks on stderr, reads the terminal in raw
 * mode so that nothing is echoed, and leaves the terminal as it was, whatever happens.
 */
import { CacheauthError } from "../errors.ts";

/** What the kernel would do for these keys, were the terminal not raw. */
const signalOf: Readonly<Record<string, NodeJS.Signals | undefined>> = {
  "\u0003": "SIGINT",
  "\u001a": "SIGTSTP",
  "\u001c": "SIGQUIT",
};

/** Whatever else ends a process that asks: without a listener the terminal would stay raw. */
const endings = ["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT"] as const;

/** One line as typed, without its line ending. Ctrl-C, Ctrl-\ and Ctrl-Z end or stop the process, as elsewhere. */
export async function promptSecret(question: string): Promise<string> {
  const { stdin, stderr } = process;
  const wasRaw = stdin.isRaw === true;
  const setRaw = (raw: boolean) => {
    try {
      stdin.setRawMode(raw);
    } catch {
      // The terminal is gone (SIGHUP): there is nothing to restore.
    }
  };
  const ask = () => {
    // Off and on: whoever ran meanwhile may have changed the mode, and the runtime changes only what it remembers.
    setRaw(false);
    setRaw(true);
    stderr.write(question);
  };
  const restore = () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
    setRaw(wasRaw);
  };
  const end = (signal: NodeJS.Signals) => {
    restore();
    process.kill(process.pid, signal);
  };
  // One each: Deno does not say which signal it was.
  const listeners = endings.map((signal) => [signal, () => end(signal)] as const);
  const answer = new Line((signal) => {
    if (signal !== "SIGTSTP") return end(signal);
    setRaw(wasRaw);
    stderr.write("\n");
    // All of the job, as the terminal would. Once it goes on, or where it may not be stopped, the question comes again.
    process.kill(0, signal);
    setTimeout(ask, 20);
  });
  for (const [signal, listener] of listeners) process.on(signal, listener);
  ask();
  stdin.resume();
  try {
    const text = await answer.read();
    stderr.write("\n");
    if (text !== null) return text;
    throw new CacheauthError("aborted", "No answer was given.", "Run it again, or pass the answer by a flag.");
  } finally {
    restore();
    stdin.pause();
  }
}

/** A line in the making, edited by the keys that a terminal would know. */
class Line {
  #text = "";
  readonly #onSignal: (signal: NodeJS.Signals) => void;

  constructor(onSignal: (signal: NodeJS.Signals) => void) {
    this.#onSignal = onSignal;
  }

  /** Null where the input ends before the line does. */
  read(): Promise<string | null> {
    const { stdin } = process;
    return new Promise((resolve) => {
      const finish = (result: string | null) => {
        stdin.off("data", onData);
        stdin.off("end", onEnd);
        resolve(result);
      };
      const onEnd = () => finish(null);
      const onData = (chunk: Uint8Array | string) => {
        for (const char of typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk)) {
          if (char === "\r" || char === "\n") return finish(this.#text);
          if (char === "\u0004") return finish(this.#text === "" ? null : this.#text);
          this.#type(char);
        }
      };
      stdin.on("data", onData);
      stdin.on("end", onEnd);
    });
  }

  #type(char: string): void {
    const signal = signalOf[char];
    if (signal !== undefined) {
      this.#text = "";
      this.#onSignal(signal);
    } else if (char === "\u007f" || char === "\b") this.#text = this.#text.slice(0, -1);
    else if (char === "\u0015") this.#text = "";
    else if (char >= " " && this.#text.length < 256) this.#text += char;
  }
}
