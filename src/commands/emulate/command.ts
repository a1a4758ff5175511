import type { EmulatorPorts } from "../../emulate/serving.ts";
import { openUpstream, type UpstreamAddress } from "../../emulate/upstream/open-upstream.ts";
import { CacheauthError } from "../../errors.ts";
import { defineCommand } from "../command.ts";
import { flagNaming } from "../flag-naming.ts";
import { untilStopped } from "../until-stopped.ts";
import { addressText } from "./address.ts";
import { emulateFlags } from "./flags.ts";
import { endpointOptions } from "./options.ts";
import { serve } from "./serve.ts";
import { chooseWorld } from "./world.ts";

export const emulate = defineCommand({
  name: "emulate",
  summary: "a local TLS endpoint that enforces IAM as AWS does, and says why it refused",
  words: [],
  flags: emulateFlags,
  refuses: ["at"],
  exits: [0, 2, 3, 4, 70],
  examples: [
    ["with a cache, a user and keys that it makes up", "cacheauth emulate"],
    [
      "the cache of an application, for the credentials at hand, on a fixed port",
      "cacheauth emulate --replication-group-id my-cache -r us-east-1 -u my-user --listen 127.0.0.1:6380",
    ],
    [
      "users, groups and policies of a file, tried as one of its users",
      "cacheauth emulate --users users.json -u batch",
    ],
    ["for programs: an object, a line a login; notices are lines of stderr", "cacheauth emulate --json"],
    ["in front of a real server", "cacheauth emulate --upstream 127.0.0.1:6379"],
    [
      "every fifth login throttled, each answered after half a second",
      "cacheauth emulate --fault throttle:0.2,slow:500ms",
    ],
  ],
  async run(call) {
    const { host, net } = call.runtime;
    const options = endpointOptions(call);
    const chosen = await chooseWorld(call);
    const { now, elapsedMs, after, random } = host;
    const ports: EmulatorPorts = { now, elapsedMs, after, random, net: await net() };
    if (options.upstream) await checkUpstream(options.upstream, ports);
    // Up to here a signal ends it as it ends any other command: there is nothing to take away.
    await untilStopped(host, ({ stopped }) => serve(options, chosen, ports, call, stopped));
    return 0;
  },
});

/** Now, while somebody looks: a client would be told only after its login. */
async function checkUpstream(upstream: UpstreamAddress, ports: EmulatorPorts): Promise<void> {
  const opened = await openUpstream(upstream, ports, flagNaming);
  if (opened.connection) return opened.connection.destroy();
  throw new CacheauthError(
    "upstream-unreachable",
    `The upstream ${addressText(upstream)} ${opened.problem}.`,
    opened.fix,
  );
}
