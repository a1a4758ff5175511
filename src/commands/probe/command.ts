import { type ProbeResult, probe as runProbe } from "../../probe/probe.ts";
import type { StopSignal } from "../../runtime.ts";
import { defineCommand } from "../command.ts";
import { probeFlags } from "../connection-flags.ts";
import { connectionOptions } from "../connection-options.ts";
import type { ProbeCall } from "../handed-in.ts";
import { createLines, createLive } from "../live-steps.ts";
import { planLogin } from "../planned-login.ts";
import { exitCodeOf } from "./exit.ts";
import { probeText } from "./text.ts";

export const probe = defineCommand({
  name: "probe",
  summary: "name, TCP, TLS, AUTH, PING of an endpoint, each timed; at the first failure, why",
  words: ["ENDPOINT"],
  flags: probeFlags,
  exits: [0, 1, 2, 3, 4, 5, 70],
  examples: [
    ["with the credentials at hand", "cacheauth probe master.my-cache.abc123.use1.cache.amazonaws.com -u my-user"],
    [
      "with the token that a program uses",
      "cacheauth probe master.my-cache.abc123.use1.cache.amazonaws.com -u my-user --token-env REDISCLI_AUTH",
    ],
    [
      "through a tunnel on this machine",
      "cacheauth probe localhost:6379 --sni master.my-cache.abc123.use1.cache.amazonaws.com --replication-group-id my-cache -r us-east-1 -u my-user",
    ],
    ["only whether it can be reached; no credentials", "cacheauth probe redis.example.com:6380 --no-auth"],
  ],
  async run(call) {
    const { runtime, report, flags } = call;
    const { host, io } = runtime;
    const now = host.now();
    const at = call.at ?? now;
    const planned = await planLogin(call, at);
    const options = await connectionOptions(flags, planned.endpoint.host, runtime);
    const { limitMs, notices, ...connection } = options;
    const request = { ...planned, ...connection, at, now };
    const ports = { net: await runtime.net(), hash: runtime.hash, clock: host };
    const stopped = new AbortController();
    let signal: StopSignal | null = null;
    const giveBack = host.onStop((which) => {
      signal ??= which;
      stopped.abort();
    });
    const live = (await draws(call)) ? createLive(io) : createLines(report);
    let result: ProbeResult;
    try {
      result = await runProbe(request, ports, { limitMs, interruption: stopped.signal, onProgress: live.show });
    } finally {
      await live.clear();
      giveBack();
    }
    const { endpoint, target, login } = planned;
    const answer = {
      ...result,
      endpoint,
      target,
      user: login?.user ?? null,
      notices: [...planned.notices, ...notices],
    };
    await report.tell(answer, probeText);
    return exitCodeOf(result, signal);
  },
});

/** On a terminal; but drawing anew would erase what -v says meanwhile. */
async function draws({ report, runtime: { io, host }, flags }: ProbeCall): Promise<boolean> {
  const isVerbose = "verbose" in flags && flags.verbose === true;
  if (report.json || isVerbose || host.env["TERM"] === "dumb") return false;
  return (await io.look("stderr")).isTerminal;
}
