import { explainRefusal } from "./explain-refusal.ts";
import type { Command, Connection } from "./ioredis-internals.ts";
import type { TokenProvider } from "./token-provider.ts";

/**
 * Looks on as commands are sent. A refused login is explained in its error's message; and it is known when AUTH may be sent:
 * `whenFree` calls at the first such moment, which may be now.
 */
export function watchCommands(
  redis: Connection,
  provider: TokenProvider,
): { whenFree(send: () => void): () => void; reset(): void } {
  const blocking = new Set<Command>();
  const watched = new WeakSet<Command>();
  let isInTransaction = false;
  let waiting: (() => void) | null = null;

  const look = () => {
    // A connection that is subscribed takes no AUTH with RESP2.
    if (waiting === null || isInTransaction || blocking.size > 0 || redis.mode !== "normal") return;
    const send = waiting;
    waiting = null;
    send();
  };
  const sent = (command: Command) => {
    const name = command.name.toLowerCase();
    if (name === "multi") isInTransaction = true;
    // What is sent after EXEC comes after it.
    if (name === "exec" || name === "discard") isInTransaction = false;
    if (isBlocking(name, command)) blocking.add(command);
    if (watched.has(command) || !(isLogin(name) || endings.has(name) || blocking.has(command))) return;
    watched.add(command);
    const { resolve, reject } = command;
    // Before whoever waits for the answer goes on, and perhaps blocks again.
    command.resolve = (value) => {
      const result = resolve.call(command, value);
      blocking.delete(command);
      look();
      return result;
    };
    command.reject = (error) => {
      if (isLogin(name)) {
        hideToken(error);
        explain(error, provider);
      }
      if (name === "multi") isInTransaction = false;
      blocking.delete(command);
      reject.call(command, error);
      look();
    };
  };

  const { sendCommand } = redis;
  redis.sendCommand = (command, stream, ...rest) => {
    // In the midst of a pipeline nothing else may be sent: its commands are queued, and not yet written.
    if (!stream) look();
    sent(command);
    const result = sendCommand.call(redis, command, stream, ...rest);
    if (!stream) look();
    return result;
  };
  return {
    whenFree(send) {
      waiting = send;
      look();
      return () => {
        waiting = null;
      };
    },
    reset() {
      blocking.clear();
      isInTransaction = false;
      waiting = null;
    },
  };
}

const endings = new Set(["multi", "exec", "discard"]);

const isLogin = (name: string) => name === "auth" || name === "hello";

/** BLPOP, BRPOP, BZPOPMIN and their like, WAIT and WAITAOF; XREAD and XREADGROUP with BLOCK. */
function isBlocking(name: string, { args }: Command): boolean {
  if (!name.startsWith("xread")) return /^(?:b[lrz]|wait)/.test(name);
  return args.some((arg) => String(arg).toLowerCase() === "block");
}

/** The client hangs the command on the error, with all that was sent; and errors are printed. */
function hideToken(error: Error & { readonly command?: { args?: readonly unknown[] } }): void {
  const { command } = error;
  if (!command?.args) return;
  command.args = command.args.map((arg) => (String(arg).includes("X-Amz-Signature") ? "[redacted]" : arg));
}

function explain(error: Error, provider: TokenProvider): void {
  const why = explainRefusal(error, provider);
  if (why === null) return;
  const isRefused = error.message.startsWith("WRONGPASS");
  // Its beginning stays: programs look for it.
  error.message += `\n${why}`;
  // Perhaps the key was withdrawn; what comes of it is told by the provider, and by the next login.
  if (isRefused) void provider.refresh().catch(() => {});
}
