/** What ioredis 5 and 6, and iovalkey, have in common besides their documented API, as far as it is built upon. */
export interface Command {
  readonly name: string;
  readonly args: readonly unknown[];
  resolve(value: unknown): unknown;
  reject(error: Error): void;
}

interface Emitter {
  status: string;
  on(name: string, listener: (value: never) => void): unknown;
}

interface LoginOptions {
  username?: unknown;
  password?: unknown;
}

interface Connector {
  /** Clear once a disconnect came. */
  connecting: boolean;
  /** What a stream that was destroyed before it was handed over came to. */
  firstError?: unknown;
  connect(...args: unknown[]): Promise<unknown>;
  disconnect(): void;
}

export interface Connection extends Emitter {
  readonly mode: string;
  readonly connector: Connector;
  readonly options: LoginOptions & { lazyConnect?: boolean; enableAutoPipelining?: boolean; retryStrategy?: unknown };
  /** `stream`: of a pipeline, which is written when its last command was given. */
  sendCommand(command: Command, stream?: unknown, ...rest: unknown[]): unknown;
  call(name: string, ...args: string[]): Promise<unknown>;
  connect(): Promise<unknown>;
  duplicate(override?: object): Connection;
}

export interface Cluster extends Emitter {
  readonly isCluster: true;
  readonly options: { redisOptions?: LoginOptions; lazyConnect?: boolean };
  /** It has them since it was made. */
  readonly connectionPool: { redisOptions?: LoginOptions };
  /** The first thing that it waits for when it connects, and when it connects again. */
  resolveStartupNodeHostnames(): Promise<unknown>;
  listenerCount(name: string): number;
  emit(name: string, error: unknown): boolean;
  connect(): Promise<unknown>;
  duplicate(nodes?: unknown[], override?: object): Cluster;
}
