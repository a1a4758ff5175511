import { nothingExpected } from "../../src/lint/expected.ts";
import { nodeHash, nodeNet, nodeProcess } from "../../src/node-runtime.ts";
import { type ProbeResult, probe } from "../../src/probe/probe.ts";
import type { FoundCredentials, Login, ProbePorts, ProbeRequest } from "../../src/probe/request.ts";
import type { Net } from "../../src/runtime.ts";
import type { Target } from "../../src/target/kinds.ts";
import { createTokenAt } from "../../src/token/create-token.ts";
import type { Hostile } from "../real/hostile.ts";

export const credentials: FoundCredentials = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  source: "a test",
  notices: [],
};

const target: Target = {
  service: "elasticache",
  kind: "replication-group",
  name: "my-cache",
  region: "us-east-1",
  partition: "aws",
  endpoint: null,
};

export const signs: Extract<Login, { from: "credentials" }> = {
  from: "credentials",
  user: "my-user",
  target,
  find: async () => credentials,
};

type HandedIn = Extract<Login, { from: "token" }> & { readonly text: string };

/** A login with a token that is handed in: a good one, or what `change` makes of it. */
export async function handsIn(change: (token: string) => string = (token) => token): Promise<HandedIn> {
  const made = await createTokenAt(
    { target, user: "my-user", credentials, at: new Date(), expiresIn: 900 },
    await nodeHash(),
  );
  const text = change(made.token ?? "");
  return { from: "token", user: "my-user", bytes: new TextEncoder().encode(text), text, find: async () => credentials };
}

export interface AttemptOptions extends Partial<ProbeRequest> {
  readonly limitMs?: number;
  readonly interruption?: AbortSignal;
  readonly clock?: ProbePorts["clock"];
  /** What becomes of the real sockets. */
  readonly net?: (real: Net) => Net;
  readonly onProgress?: (steps: ProbeResult["stages"], underWay: string | null) => void;
}

/** Probes a server of this machine, as the user my-user of my-cache, by real sockets. */
export async function attempt(
  { port, ca, caFile }: Pick<Hostile, "port" | "ca" | "caFile">,
  {
    limitMs = 20_000,
    interruption,
    clock = nodeProcess,
    net = (real) => real,
    onProgress,
    ...more
  }: AttemptOptions = {},
): Promise<ProbeResult> {
  const now = new Date();
  const request: ProbeRequest = {
    endpoint: { host: "localhost", port },
    login: signs,
    expected: {
      ...nothingExpected,
      service: "elasticache",
      kind: "replication-group",
      name: "my-cache",
      region: "us-east-1",
      user: "my-user",
    },
    at: now,
    now,
    tls: {
      name: "localhost",
      ca: ca === "" ? null : { file: caFile, pem: ca, subjects: ["CN=a test's CA"] },
      verify: true,
    },
    resp: null,
    family: 4,
    allNodes: false,
    repeat: 0,
    ...more,
  };
  const ports = { net: net(await nodeNet()), hash: await nodeHash(), clock };
  return probe(request, ports, {
    limitMs,
    interruption: interruption ?? new AbortController().signal,
    ...(onProgress ? { onProgress } : {}),
  });
}

/** A clock whose timers all run at the first `pass`; those that are set later take their time. */
export function stoppedClock(): ProbePorts["clock"] & { pass(): void } {
  const waiting = new Set<() => void>();
  let passed = false;
  return {
    elapsedMs: nodeProcess.elapsedMs,
    after(ms, run) {
      // What is looked at afterwards, to explain: with a short time, for the silent do not answer that either.
      if (passed) return nodeProcess.after(ms, run);
      waiting.add(run);
      return () => void waiting.delete(run);
    },
    pass() {
      passed = true;
      for (const run of waiting) run();
    },
  };
}
