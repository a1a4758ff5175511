import { probe as runProbe } from "../../probe/probe.ts";
import { defineCommand } from "../command.ts";
import { probeFlags } from "../connection-flags.ts";
import { connectionOptions } from "../connection-options.ts";
import { planLogin } from "../planned-login.ts";
import { walked } from "../walked.ts";
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
    const { host } = runtime;
    const now = host.now();
    const at = call.at ?? now;
    const planned = await planLogin(call, at);
    const options = await connectionOptions(flags, planned.endpoint.host, runtime);
    const { limitMs, notices, ...connection } = options;
    const request = { ...planned, ...connection, at, now };
    const ports = { net: await runtime.net(), hash: runtime.hash, clock: host };
    const { result, signal } = await walked(call, (walking) => runProbe(request, ports, { limitMs, ...walking }));
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
