/**
 * The ports: all that cacheauth wants from the world, as types. Core functions take what they need of them as
 * arguments; node-runtime.ts is the one implementation.
 */

/** SHA-256 and HMAC-SHA-256, synchronous. Text is hashed as UTF-8. */
export interface Hash {
  sha256(data: Uint8Array | string): Uint8Array;
  hmacSha256(key: Uint8Array | string, data: Uint8Array | string): Uint8Array;
}

/** The process's standard streams and its terminal. */
export interface Io {
  /** Resolves when every byte is written. A reader that is gone is no error; a full disk is. */
  stdout(text: string): Promise<void>;
  stderr(text: string): Promise<void>;
  /**
   * What stdin has until it ends, but not much more than `most` bytes: whoever asks sees by the length that there is
   * more. Null where it is a terminal: nobody is made to wait for what nobody types.
   */
  readStdin(most: number): Promise<Uint8Array | null>;
  /** Where an answer goes: whether to a terminal, and how many characters wide it is; 80 where it is none. */
  look(stream: "stdout" | "stderr"): Promise<{ readonly isTerminal: boolean; readonly columns: number }>;
  readonly stdinIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  /** Width in characters of the terminal behind stderr or stdout; 80 where there is none. */
  readonly columns: number;
  /** Asks on stderr and reads one line from the terminal with echo off. Call it only where stdin is a terminal. */
  promptSecret(question: string): Promise<string>;
}

/** The process and the machine it runs on. */
export interface Host {
  /** Arguments after the program's own name. */
  readonly arguments: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  now(): Date;
  /** Null where none is known: no HOME, and no entry in the system's list of users. */
  readonly homeDirectory: string | null;
  /**
   * The whole file, or where `most` is given at most so many bytes of it: a device has no end.
   * Rejects with what the runtime throws, with `code` (ENOENT, EACCES, EISDIR).
   */
  readFile(path: string, most?: number): Promise<Uint8Array>;
  /** A time as the clock on this machine's wall shows it, with its offset: `2025-01-31 13:00:00 +01:00`, or UTC where there is none. */
  localTime(time: Date): string;
}

export interface Runtime {
  readonly io: Io;
  readonly host: Host;
  readonly hash: Hash;
}
