/** `cacheauth emulate` as it is shipped, running until it is told to stop. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect as netConnect, type Socket } from "node:net";
import { connect as tlsConnect } from "node:tls";
import { cleanEnv, type Program } from "./program.ts";

export interface Emulating {
  readonly child: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Resolves when stdout has so many lines. */
  lines(count: number): Promise<readonly string[]>;
  /** Resolves with the text of stderr, or of stdout, once it matches. */
  until(stream: "stdout" | "stderr", pattern: RegExp): Promise<string>;
  stop(signal?: NodeJS.Signals): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** Starts it and leaves no process behind, whatever the test does. */
export async function emulating<T>(
  program: Program,
  args: readonly string[],
  use: (emulating: Emulating) => Promise<T>,
  env: Readonly<Record<string, string>> = {},
  reads = true,
): Promise<T> {
  const [command = "", ...before] = program.command;
  const child = spawn(command, [...before, "emulate", ...args], {
    env: { ...cleanEnv("/nonexistent"), ...env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 60_000,
    killSignal: "SIGKILL",
  });
  const texts = { stdout: "", stderr: "" };
  const wakes = new Set<() => void>();
  const wake = () => {
    for (const one of wakes) one();
  };
  let isOver = false;
  const over = once(child, "close").then(([code, signal]) => {
    isOver = true;
    wake();
    return { code: code as number | null, signal: signal as NodeJS.Signals | null };
  });
  for (const stream of reads ? (["stdout", "stderr"] as const) : (["stderr"] as const)) {
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      texts[stream] += text;
      wake();
    });
  }
  const until = async (what: string, isSo: () => boolean) => {
    while (!isSo()) {
      if (isOver) throw new Error(`it ended before ${what}\n${texts.stdout}\n${texts.stderr}`);
      await new Promise<void>((resolve) => {
        const one = () => {
          wakes.delete(one);
          resolve();
        };
        wakes.add(one);
      });
    }
  };
  const lines = () => texts.stdout.split("\n").slice(0, -1);
  try {
    return await use({
      child,
      stdout: () => texts.stdout,
      stderr: () => texts.stderr,
      async lines(count) {
        await until(`${count} lines`, () => lines().length >= count);
        return lines();
      },
      async until(stream, pattern) {
        await until(String(pattern), () => pattern.test(texts[stream]));
        return texts[stream];
      },
      stop(signal = "SIGTERM") {
        child.kill(signal);
        return over;
      },
    });
  } finally {
    // Not SIGKILL: its private folder would stay.
    child.kill("SIGTERM");
    await over;
  }
}

export interface Asking {
  ask(...words: string[]): Promise<string>;
  readonly socket: Socket;
}

/** A client that says one thing after the other, and reads replies that come in one piece. */
export async function asking(port: number, ca: string | null): Promise<Asking> {
  const socket =
    ca === null
      ? netConnect(port, "127.0.0.1")
      : tlsConnect({ host: "127.0.0.1", port, servername: "localhost", ca, rejectUnauthorized: true });
  socket.on("error", () => {});
  await once(socket, ca === null ? "connect" : "secureConnect");
  return {
    socket,
    ask(...words) {
      socket.write(`*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`);
      return new Promise((resolve) => {
        socket.once("data", (chunk: Uint8Array) => resolve(String(chunk).trimEnd()));
        socket.once("close", () => resolve("closed"));
      });
    },
  };
}
