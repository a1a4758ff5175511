/** `startEmulator`, tied to this runtime's sockets, clock and chance; all that it needs is loaded when it is called. */
import type { Decision } from "./emulate/decision.ts";
import type { EmulatorPorts } from "./emulate/serving.ts";
import { CacheauthError, type Notice } from "./errors.ts";
import type { Key } from "./judge/world.ts";
import { type TargetInput, wordsOf } from "./library.ts";
import { optionNaming } from "./naming.ts";
import { nodeHash, nodeNet, nodeNow, nodeProcess } from "./node-runtime.ts";
import type { Target } from "./target/kinds.ts";
import { checkUser } from "./target/names.ts";
import { draftTarget, finishTarget } from "./target/resolve-target.ts";
import type { Credentials } from "./token/sign.ts";

export interface EmulatorOptions {
  /** What it stands in for, in any form that `createToken` takes; an ElastiCache replication group, `my-cache`, if absent. */
  readonly target?: TargetInput | undefined;
  /** Wins over the region that the target tells; `us-east-1`, if neither is there. */
  readonly region?: string | undefined;
  /** The user that may log in; `my-user`, if absent. */
  readonly user?: string | undefined;
  /** The credentials that may sign; made up, if absent. */
  readonly credentials?: Credentials | undefined;
  /** Several users, groups, keys and policies: what the JSON file of `cacheauth emulate --users` holds, or its text. */
  readonly users?: object | string | undefined;
  /** Where to listen; `127.0.0.1`, if absent. */
  readonly host?: string | undefined;
  /** 0, any that is free, if absent. */
  readonly port?: number | undefined;
  /** More host names and addresses for the certificate; it has localhost, 127.0.0.1, ::1 and `host`. */
  readonly names?: readonly string[] | undefined;
  /** No TLS. */
  readonly plaintext?: boolean | undefined;
  /** As many nodes share the slots. */
  readonly cluster?: number | undefined;
  /** A real server, in clear text, that everything after a login goes to. */
  readonly upstream?: { readonly host: string; readonly port: number } | undefined;
  /** What goes wrong on purpose, as `cacheauth emulate --fault` has it: `throttle:0.2,slow:500ms`. */
  readonly fault?: string | undefined;
  /** Seconds from the last login to the end of a connection; 43,200 (12 hours), if absent. */
  readonly connectionLifetime?: number | undefined;
  /** Judges logins as of then; the clock, if absent. */
  readonly now?: (() => Date) | undefined;
  /** What is worth knowing and is no decision: a client that does not read, an upstream that is gone. */
  readonly onNotice?: ((notice: Notice) => void) | undefined;
}

/** A running emulator. `await using` closes it, too. */
export interface Emulator extends AsyncDisposable {
  readonly endpoint: { readonly host: string; readonly port: number };
  /** The endpoint of each node; one where there is no cluster. */
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  readonly user: string;
  readonly target: Target;
  /** The authority to trust, in PEM; null in clear text. */
  readonly ca: string | null;
  /** Those that may sign; of several the first. */
  readonly credentials: Credentials;
  /**
   * Each login that was judged, and each client that did not get as far as one, in their order; kept until they are asked
   * for. It ends when the emulator is closed.
   */
  readonly decisions: AsyncIterable<Decision>;
  /** Drops every connection, and stops listening. */
  close(): Promise<void>;
}

/**
 * Starts a local endpoint that lets in whom AWS would let in, and says why it does not: for tests of a program's login.
 *
 * @throws CacheauthError with a stable `code`
 * @example
 * ```ts
 * import { createToken, startEmulator } from "cacheauth";
 * const emulator = await startEmulator({ user: "my-app" });
 * const { target, user, credentials } = emulator;
 * const { token } = await createToken({ target, user, credentials });
 * `${user} logs in to ${target.name} with ${token?.slice(0, 24)}`; // "my-app logs in to my-cache with my-cache/?Action=connect"
 * emulator.ca?.startsWith("-----BEGIN CERTIFICATE-----"); // true
 * await emulator.close();
 * ```
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { host = "127.0.0.1", port = 0, cluster = null, upstream = null } = options;
  const [core, certificates, names, queues, faults] = await Promise.all([
    import("./emulate/emulator.ts"),
    import("./emulate/certificates/create-certificates.ts"),
    import("./emulate/certificate-names.ts"),
    import("./emulate/decision-queue.ts"),
    import("./emulate/faults.ts"),
  ]);
  const { target, world, user, key } = await chooseWorld(options);
  const { elapsedMs, after, random } = nodeProcess;
  const ports: EmulatorPorts = { elapsedMs, after, random, now: options.now ?? nodeNow, net: await nodeNet() };
  const certificateNames = names.certificateNames(host, options.names ?? []);
  const made = options.plaintext
    ? null
    : await certificates.createCertificates({ names: certificateNames, now: nodeNow(), random });
  const decisions = queues.createDecisionQueue();
  const emulator = await core.startEmulator(
    {
      ...{ world, cluster, upstream, listen: { host, port }, caFile: null },
      tls: made && { ...made, names: certificateNames },
      faults: options.fault === undefined ? faults.noFaults : faults.parseFaults(options.fault),
      lifetimeMs: lifetimeOf(options.connectionLifetime) * 1000,
    },
    ports,
    await nodeHash(),
    { decided: decisions.push, notice: (notice) => options.onNotice?.(notice) },
  );
  const nodes = emulator.ports.map((own) => ({ host: names.reachableHost(host), port: own }));
  const close = async () => {
    await emulator.close();
    decisions.end();
  };
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = key;
  return {
    endpoint: nodes[0] ?? { host, port },
    ...{ nodes, user, target, ca: made?.ca ?? null },
    credentials: {
      ...{ accessKeyId, secretAccessKey },
      ...(sessionToken === null ? {} : { sessionToken }),
      ...(expiresAt === null ? {} : { expiration: expiresAt }),
    },
    decisions,
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function chooseWorld(options: EmulatorOptions) {
  const [compose, { throwawayKey }] = await Promise.all([
    import("./emulate/compose-world.ts"),
    import("./emulate/throwaway.ts"),
  ]);
  const { users, user = compose.usual.user, region } = options;
  const file = users === undefined ? null : await readUsers(users, options);
  const draft = draftTarget(
    options.target === undefined ? compose.cacheWords(file) : wordsOf(options.target),
    optionNaming,
  );
  const { target } = finishTarget(draft, region ?? file?.cache?.region ?? undefined, compose.usual.region);
  const keys = file?.keys ?? [options.credentials ? keyOf(options.credentials) : throwawayKey(nodeProcess.random)];
  const allowed = file?.users ?? [compose.iamUser(checkUser(target.kind, user).value)];
  const world = compose.composeWorld(target, allowed, keys, file);
  return { target, world, user: compose.firstUser(world), key: keys[0] as Key };
}

async function readUsers(users: object | string, { user, target, credentials }: EmulatorOptions) {
  const { readUsersFile } = await import("./emulate/users-file.ts");
  const file = readUsersFile(typeof users === "string" ? users : JSON.stringify(users), "users");
  const twice =
    (user === undefined ? null : "user") ??
    (file.cache && target !== undefined ? "target" : null) ??
    (file.keys && credentials !== undefined ? "credentials" : null);
  if (twice === null) return file;
  throw new CacheauthError("argument-invalid", `users and ${twice} contradict each other.`, "Keep one of them.");
}

function keyOf({ accessKeyId, secretAccessKey, sessionToken, expiration }: Credentials): Key {
  const expiresAt = expiration ?? null;
  return { accessKeyId, secretAccessKey, sessionToken: sessionToken || null, expiresAt, active: true, policies: null };
}

/** What a timer of the runtimes holds is 24.8 days. */
function lifetimeOf(seconds = 43_200): number {
  if (seconds > 0 && seconds <= 2_000_000) return seconds;
  throw new CacheauthError(
    "argument-invalid",
    "connectionLifetime is no number of seconds.",
    "Pass seconds from 1 on.",
  );
}
