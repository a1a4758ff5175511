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
   * The same for a program that serves meanwhile: a reader that does not read holds up whoever awaits this and nothing
   * else, and one that is gone, or a full disk, is no error. Use it alone once it is used.
   */
  log(stream: "stdout" | "stderr", text: string): Promise<void>;
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
  /** `linux`, `darwin`, `win32` and others, as Node names them. */
  readonly platform: string;
  now(): Date;
  /** Null where none is known: no HOME, and no entry in the system's list of users. */
  readonly homeDirectory: string | null;
  /**
   * The whole file, or where `most` is given at most so many bytes of it: a device has no end.
   * Rejects with what the runtime throws, with `code` (ENOENT, EACCES, EISDIR).
   */
  readFile(path: string, most?: number): Promise<Uint8Array>;
  /** Milliseconds of a clock that only goes forward, with fractions; where it begins means nothing. */
  elapsedMs(): number;
  /** Calls `run` once after so many milliseconds. What it returns calls it off. */
  after(ms: number, run: () => void): () => void;
  /** Calls `run` at each SIGINT, SIGTERM or SIGHUP instead of ending the process. What it returns gives them back. */
  onStop(run: (signal: StopSignal) => void): () => void;
  /** Bytes that nobody can guess. */
  random(length: number): Uint8Array;
  readonly processId: number;
  /** Makes a new folder for temporary files that only this user can open. */
  makePrivateFolder(prefix: string): Promise<string>;
  /** Makes a folder and those above it, for this user alone where they are new. */
  makeFolder(path: string): Promise<void>;
  /** Writes a file that only this user can read, beside and then renamed: nobody ever sees half of it. */
  writePrivateFile(path: string, text: string): Promise<void>;
  /**
   * Makes a folder for this user alone, or sees that what is there belongs to this user and that nobody else may write to it; where
   * it `isPrivate`, it is shut to others too, and no link. Rejects with `code` ENOTOWN and `why`: `owner`, `writable`, `link`.
   */
  makeOwnFolder(path: string, isPrivate: boolean): Promise<void>;
  /** Removes what writePrivateFile left in a folder where its process was killed meanwhile, more than a minute ago. */
  removeUnfinished(folder: string): Promise<void>;
  /** What stands at a path, itself and not what it leads to; null where nothing does. Rejects with `code` EACCES, ENOTDIR. */
  kindOf(path: string): Promise<FileKind | null>;
  /** Removes a folder and all that is in it. What is not there is no error. */
  removeFolder(path: string): Promise<void>;
  /** What starts this program again, without its arguments. */
  readonly ownCommand: readonly string[];
  /**
   * Starts a program: a name, looked for in the PATH of `env`, or a path; then its arguments. Rejects with `code` ENOENT
   * where there is none, EACCES where what is there cannot be executed, ENOEXEC and others where the system refuses it.
   */
  spawn(command: readonly string[], options: SpawnOptions): Promise<Child>;
  /** The path of a program that the PATH of `env` leads to. Rejects as `spawn` does. */
  findProgram(name: string, env: Host["env"]): Promise<string>;
  /** Calls `run` at each of these signals instead of what they would do; those that the system lacks never come. */
  onSignals(signals: readonly SignalName[], run: (signal: SignalName) => void): () => void;
  /** Where this process stands at its terminal: whether what is typed there (Ctrl-C) goes to it and its children. */
  terminalPlace(): Promise<TerminalPlace>;
  /**
   * Takes the lock that stands at a path (as a folder, for this user alone), without waiting for whoever holds it. Rejects
   * with `code` ELOCKED and `processId`, the holder's, or null where it is in another container or on another machine.
   * That of a process which was killed is taken over. What it resolves to gives the lock back; twice is once.
   */
  lock(path: string): Promise<() => Promise<void>>;
  /**
   * Calls `changed` after something in a folder was made, renamed, written or removed, with its name where that is known;
   * often more than once. What it resolves to ends that. Rejects with `code` ENOENT and others where it cannot be watched;
   * where that ends later, `changed` is called with null. Some file systems (those of networks) tell nothing: look as well.
   */
  watchFolder(path: string, changed: (name: string | null) => void): Promise<() => void>;
  /** A time as the clock on this machine's wall shows it, with its offset: `2025-01-31 13:00:00 +01:00`, or UTC where there is none. */
  localTime(time: Date): string;
}

export type StopSignal = "SIGINT" | "SIGTERM" | "SIGHUP";

/** The signals that a program may listen to and pass on. */
export type SignalName =
  | StopSignal
  | "SIGQUIT"
  | "SIGUSR1"
  | "SIGUSR2"
  | "SIGWINCH"
  | "SIGTSTP"
  | "SIGCONT"
  | "SIGTTIN"
  | "SIGTTOU"
  | "SIGALRM";

export type FileKind = "file" | "folder" | "link" | "other";

export type TerminalPlace = "foreground" | "background" | "none";

export interface SpawnOptions {
  /** All of its environment. */
  readonly env: Host["env"];
  /**
   * `inherit`: this process's own. `capture`: likewise, but stdout is kept. `stderr`: no stdin; what it says goes to this
   * process's stderr. `ignore`: none. A `log`: no stdin; what it says goes to the end of that file, which is made for this user
   * alone and begun anew where it has more than `most` bytes.
   */
  readonly stdio: "inherit" | "capture" | "stderr" | "ignore" | { readonly log: string; readonly most: number };
  /** The command is one text, which the system's shell runs. */
  readonly shell?: boolean;
  /** In a session of its own, without this one's terminal; it goes on when this process ends. */
  readonly detached?: boolean;
  /** How much of stdout is kept under `capture`, 1 MiB if left out; what comes after is dropped. */
  readonly mostBytes?: number;
}

/** A program that was started. */
export interface Child {
  readonly processId: number;
  /** Its exit code, or the signal that ended it; `status` is what a shell makes of them, 128 and the signal's number. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null; readonly status: number }>;
  /** What it said on stdout, under `capture`; the empty text otherwise. */
  readonly stdout: Promise<string>;
  /** Sends it a signal. One that has ended gets none. */
  kill(signal: SignalName | "SIGKILL"): void;
}

export interface IpAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/**
 * One end of a stream of bytes: TCP, or TLS over it. What the runtime throws has a `code` (ECONNRESET); its texts differ
 * by runtime and are never shown.
 */
export interface Connection {
  readonly remote: IpAddress & { readonly port: number };
  /** Where the peer found this end. */
  readonly local: IpAddress & { readonly port: number };
  /** The host name that a client of TLS asked a listener for, in foreign text; null where it named none. */
  readonly serverName: string | null;
  /** The next bytes as they came; null after the peer's end and after `destroy`. One call at a time. Rejects once, with a `code`. */
  read(): Promise<Uint8Array | null>;
  /** Resolves when more may follow: whoever awaits it is held back by a slow reader. Rejects with a `code`. */
  write(bytes: Uint8Array): Promise<void>;
  /** Sends what was written, then the end. Reading goes on. */
  end(): void;
  /** Both directions, at once. Twice is once. */
  destroy(): void;
}

/** What a TLS peer showed. */
export interface Peer {
  /** `TLSv1.3`. */
  readonly protocol: string;
  /** Its name by the standard: `TLS_AES_256_GCM_SHA384`. */
  readonly cipher: string;
  readonly certificate: PeerCertificate | null;
  /** Whether chain, dates and name all verify. */
  readonly authorized: boolean;
  /** The runtime's code for why not; null where it is authorized. */
  readonly authorizationCode: string | null;
}

export interface PeerCertificate {
  /** `CN=…, O=…`, from the outside inwards, as the certificate has them. Foreign text. */
  readonly subject: string;
  readonly issuer: string;
  /** Its subject alternative names: host names, and IP addresses as text. Foreign text. */
  readonly names: readonly string[];
  readonly validFrom: Date;
  readonly validTo: Date;
  /** Whether it names whom it was asked for. */
  readonly nameMatches: boolean;
  readonly selfSigned: boolean;
}

export interface SecureOptions {
  /** Whom the certificate must name: a host name, which is sent as the server name too, or an IP address, which is not. */
  readonly name: string;
  /** Certificates in PEM to trust instead of the runtime's own; null trusts those. */
  readonly ca: string | null;
  /** False goes on whatever the certificate is; `peer.authorized` still tells. */
  readonly verify: boolean;
  readonly signal?: AbortSignal;
}

export interface ListenOptions {
  /** An IP address or a name of this machine. */
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  /** In PEM, the leaf first. Null listens in clear text. */
  readonly tls: { readonly certificate: string; readonly privateKey: string } | null;
  /** A connection that has not finished its handshake by then is dropped. */
  readonly handshakeTimeoutMs: number;
  onConnection(connection: Connection): void;
  /** A client that did not get through the handshake: plain text, an unknown authority on its side, silence. */
  onFailedHandshake(remote: Connection["remote"] | null, code: string | null): void;
}

export interface Listener {
  readonly address: string;
  readonly port: number;
  /** Stops listening and drops every connection. */
  close(): Promise<void>;
}

/**
 * A socket that only this machine reaches, and of it this user alone: a Unix socket with mode 0600, or on Windows the named
 * pipe that is named after the path, which other users cannot write to.
 */
export interface LocalListener {
  /** Stops listening, drops every connection and removes the socket. */
  close(): Promise<void>;
}

/** Names, sockets and TLS (1.2 and up). An abort rejects with the code `ABORT_ERR`. */
export interface Net {
  /** All addresses in the system's order. Rejects with `ENOTFOUND` or `EAI_AGAIN`. An IP address is its own. */
  resolve(host: string): Promise<readonly IpAddress[]>;
  connect(options: {
    readonly address: string;
    readonly port: number;
    readonly signal?: AbortSignal;
  }): Promise<Connection>;
  /** TLS over a connection that nothing has been read from. Where it rejects, the connection is gone. */
  secure(
    connection: Connection,
    options: SecureOptions,
  ): Promise<{ readonly connection: Connection; readonly peer: Peer }>;
  listen(options: ListenOptions): Promise<Listener>;
  /**
   * Takes the place of a socket that was left behind: only for who holds the lock that goes with it. The folder must be this
   * user's alone. Rejects with `code` ENAMETOOLONG where the system cannot have a socket with so long a path, and with others.
   */
  listenLocal(path: string, onConnection: (connection: Connection) => void): Promise<LocalListener>;
  /**
   * Rejects with `code` ENOENT or ECONNREFUSED where nobody listens, and EPERM where the socket is another user's or others
   * may write to it.
   */
  connectLocal(path: string, signal?: AbortSignal): Promise<Connection>;
  /** The certificates of a PEM text, described; throws where one cannot be read. Empty where there is none. */
  readCertificates(pem: string): readonly Pick<PeerCertificate, "subject" | "issuer" | "validFrom" | "validTo">[];
}

export interface Runtime {
  readonly io: Io;
  readonly host: Host;
  readonly hash: Hash;
  /** Loaded when it is first asked for: node:net and node:tls cost a start 5 ms. */
  net(): Promise<Net>;
}
