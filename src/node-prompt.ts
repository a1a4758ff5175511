/**
 * The secret prompt of node-runtime.ts, apart because it is rarely needed: asks on stderr, reads the terminal in raw
 * mode so that nothing is echoed, and leaves the terminal as it was, whatever happens.
 */
import { CacheauthError } from "./errors.ts";

/** One line as typed, without its line ending. Ctrl-C ends the process as the signal would. */
export async function promptSecret(question: string): Promise<string> {
  const { stdin, stderr } = process;
  const wasRaw = stdin.isRaw === true;
  // Before the question: who types at once must not be echoed either.
  stdin.setRawMode(true);
  stderr.write(question);
  stdin.resume();
  try {
    const answer = await readLine();
    stderr.write("\n");
    if (answer === null) {
      throw new CacheauthError("aborted", "No answer was given.", "Run it again, or pass the answer by a flag.");
    }
    if (answer === "interrupt") {
      stdin.setRawMode(wasRaw);
      process.kill(process.pid, "SIGINT");
      return await new Promise(() => {});
    }
    return answer.text;
  } finally {
    stdin.setRawMode(wasRaw);
    stdin.pause();
  }
}

function readLine(): Promise<{ text: string } | "interrupt" | null> {
  return new Promise((resolve) => {
    let text = "";
    const finish = (result: { text: string } | "interrupt" | null) => {
      process.stdin.off("data", onData);
      process.stdin.off("end", onEnd);
      resolve(result);
    };
    const onEnd = () => finish(null);
    const onData = (chunk: Uint8Array | string) => {
      for (const char of typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk)) {
        if (char === "\r" || char === "\n") return finish({ text });
        if (char === "\u0003") return finish("interrupt");
        if (char === "\u0004") return finish(text === "" ? null : { text });
        if (char === "\u007f" || char === "\b") text = text.slice(0, -1);
        else if (char === "\u0015") text = "";
        else if (char >= " " && text.length < 256) text += char;
      }
    };
    process.stdin.on("data", onData);
    process.stdin.on("end", onEnd);
  });
}
