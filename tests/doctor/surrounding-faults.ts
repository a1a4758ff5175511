/** What is wrong around a good token, each alone in an otherwise good world: clock, credentials, network, server. */
import { parseFaults } from "../../src/emulate/faults.ts";
import type { FindingId } from "../../src/findings/ids.ts";
import type { Net } from "../../src/runtime.ts";
import { goodWorld } from "../judge/good-worlds.ts";
import type { HostileName } from "../real/hostile.ts";
import type { Examination } from "./examine.ts";

export interface SurroundingFault {
  readonly name: string;
  /** Beyond the good world. */
  readonly given: Partial<Examination>;
  /** Another server, at localhost. */
  readonly server?: HostileName;
  readonly cause: FindingId;
  readonly exit: number;
}

const minutes = 60_000;
const world = goodWorld("replication-group");
const atHost = (host: string) => ({ ...world, target: { ...world.target, endpoint: { host, port: 6379 } } });
const noKeys = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined };
const soon = () => new Date(Date.now() + 5 * minutes).toISOString();

const failing =
  (where: "resolve" | "connect", code: string) =>
  (net: Net): Net => ({ ...net, [where]: () => Promise.reject(Object.assign(new Error(code), { code })) });

/** A packet filter: nothing comes back until it is given up. */
const filtered = (net: Net): Net => ({
  ...net,
  connect: ({ signal }) =>
    new Promise((_, reject) => {
      signal?.addEventListener("abort", () => reject(Object.assign(new Error("aborted"), { code: "ABORT_ERR" })));
    }),
});

const emulated = (faults: string) => ({ emulator: { faults: parseFaults(faults) } });
const everywhere = (failure: NonNullable<NonNullable<Examination["script"]>["failures"]>[string]) => ({
  script: { failures: { "*": failure } },
});

export const surroundingFaults: readonly SurroundingFault[] = [
  { name: "the clock is 20 minutes behind", given: { aheadMs: 20 * minutes }, cause: "clock-skew", exit: 1 },
  { name: "the clock is 10 minutes ahead", given: { aheadMs: -10 * minutes }, cause: "clock-skew", exit: 1 },
  { name: "the clock is 2 minutes behind", given: { aheadMs: 2 * minutes }, cause: "clock-skew", exit: 0 },
  {
    name: "the clock is a day behind, and AWS refuses what it signs",
    given: { aheadMs: 1440 * minutes, script: { refusesSkew: true } },
    cause: "clock-skew",
    exit: 1,
  },
  { name: "no credentials", given: { env: noKeys }, cause: "credentials-missing", exit: 3 },
  { name: "credentials that have ended", given: everywhere("expired"), cause: "credentials-expired", exit: 3 },
  { name: "a key that AWS does not know", given: everywhere("unknown-key"), cause: "credentials-refused", exit: 3 },
  { name: "another secret", given: everywhere("bad-signature"), cause: "credentials-refused", exit: 3 },
  {
    name: "credentials that end before the token",
    given: { env: { AWS_CREDENTIAL_EXPIRATION: soon() } },
    cause: "credentials-end-early",
    exit: 0,
  },
  { name: "no such name", given: { net: failing("resolve", "ENOTFOUND") }, cause: "name-not-found", exit: 4 },
  { name: "a closed port", given: { net: failing("connect", "ECONNREFUSED") }, cause: "connect-refused", exit: 4 },
  { name: "no way there", given: { net: failing("connect", "ENETUNREACH") }, cause: "connect-unreachable", exit: 4 },
  {
    name: "a security group that lets nobody in",
    given: { net: filtered, args: ["--timeout", "0.2"] },
    cause: "connect-timeout",
    exit: 4,
  },
  {
    name: "a server in clear text",
    given: { emulator: { tls: null }, args: ["--timeout", "1"] },
    cause: "tls-off",
    exit: 4,
  },
  { name: "a tunnel to localhost", given: { world: atHost("localhost") }, cause: "certificate-name-mismatch", exit: 4 },
  {
    name: "connected by the address",
    given: { world: atHost("127.0.0.1") },
    cause: "certificate-name-mismatch",
    exit: 4,
  },
  { name: "an unknown authority", given: {}, server: "unknown-authority", cause: "certificate-untrusted", exit: 4 },
  { name: "a certificate that is over", given: {}, server: "expired", cause: "certificate-expired", exit: 4 },
  { name: "IAM throttles", given: emulated("throttle:1"), cause: "iam-throttled", exit: 5 },
  { name: "IAM is down", given: emulated("unavailable:iam"), cause: "iam-unavailable", exit: 5 },
  { name: "the service is down", given: emulated("unavailable:service"), cause: "iam-unavailable", exit: 5 },
  { name: "dropped behind the login", given: emulated("drop-after-auth"), cause: "closed-after-auth", exit: 5 },
  { name: "another protocol", given: emulated("garbage"), cause: "not-redis", exit: 5 },
  { name: "the login is not taken", given: {}, server: "noauth", cause: "noauth", exit: 5 },
  { name: "logged in as another", given: {}, server: "whoami-differs", cause: "user-differs", exit: 5 },
  { name: "too many clients", given: {}, server: "max-clients-tls", cause: "max-clients", exit: 5 },
  { name: "still loading", given: {}, server: "loading", cause: "server-loading", exit: 5 },
  {
    name: "the default user has a password and AUTH no user",
    given: {},
    server: "auth-without-user",
    cause: "auth-without-user",
    exit: 5,
  },
  { name: "a server from before users", given: {}, server: "redis-5", cause: "engine-too-old", exit: 5 },
];
