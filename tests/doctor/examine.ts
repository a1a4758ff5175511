/**
 * `cacheauth doctor --json` whole, in this process, over an emulated cache and a scripted AWS that have the same world. Only
 * names are looked up here: every host of AWS is this machine, and its port that of the emulator.
 */
import { runCli } from "../../src/cli.ts";
import { doctorOutput } from "../../src/commands/doctor/output.ts";
import { flagNaming } from "../../src/commands/flag-naming.ts";
import type { EmulatorOptions } from "../../src/emulate/emulator.ts";
import type { World } from "../../src/judge/world.ts";
import { nodeNet, nodeNow } from "../../src/node-runtime.ts";
import type { Net } from "../../src/runtime.ts";
import { kinds } from "../../src/target/kinds.ts";
import { fakeRuntime } from "../fakes/runtime.ts";
import type { Call } from "../fakes/scripted-aws/call.ts";
import { scriptOf } from "../fakes/scripted-aws/of-world.ts";
import type { Script } from "../fakes/scripted-aws/script.ts";
import { withScriptedAws } from "../fakes/scripted-aws/server.ts";
import { certify, withEmulator } from "./emulated.ts";

export interface Examination {
  /** What AWS has. */
  readonly world: World;
  readonly script?: Partial<Script>;
  readonly emulator?: Partial<EmulatorOptions>;
  /** Behind the endpoint, `-u my-user` and the authority. */
  readonly args?: readonly string[];
  /** Handed in by a variable. */
  readonly token?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly net?: (net: Net) => Net;
  /** Nobody says where the cache is, only its name. */
  readonly byName?: boolean;
  /** How far the clocks of AWS and of the cache are ahead of this machine's. */
  readonly aheadMs?: number;
  /** Another server in the place of the emulated cache, with its authority. */
  readonly server?: { readonly port: number; readonly ca: string };
}

export interface Examined {
  readonly code: number;
  readonly answer: ReturnType<typeof doctorOutput.parse>;
  /** The ids of the verdict's causes, in their order. */
  readonly causes: readonly string[];
  readonly calls: readonly Call[];
}

const names = [
  "cache.example.com",
  "master.my-cache.abc123.use1.cache.amazonaws.com",
  "*.my-cache.abc123.use1.cache.amazonaws.com",
  "master.my-cache.abc123.cnn1.cache.amazonaws.com.cn",
  "master.my-cache.abc123.usgw1.cache.amazonaws.com",
  "*.serverless.use1.cache.amazonaws.com",
  "*.my-cache.abc123.memorydb.us-east-1.amazonaws.com",
];
const certificates = await certify(names);

export async function examine({ world, script, args = [], token, ...more }: Examination): Promise<Examined> {
  const { target, keys } = world;
  const [key] = keys;
  const { host = "", port = 6379 } = target.endpoint ?? {};
  // Who speaks no TLS is waited for until the time is over.
  const slow = world.cache?.tls === "off" ? ["--timeout", "1"] : [];
  const named = [flagNaming.option(kinds[target.kind].option), target.name, "-r", target.region];
  const { aheadMs = 0 } = more;
  const whole = scriptOf(world, "my-user", { clockAheadMs: aheadMs, ...script });
  return withEmulator({ world, certificates, aheadMs, ...more.emulator }, (emulatorPort) =>
    withScriptedAws(whole, async ({ url, calls }) => {
      const handed = token === undefined ? [] : ["--token-env", "TOKEN"];
      const where = more.byName ? [] : [`${host}:${port}`];
      const whom = ["doctor", ...where, "-u", "my-user", "-4", "--ca", "ca.pem", "--json"];
      const words = [...whom, ...slow, ...named, ...handed, ...args];
      const env = {
        AWS_ACCESS_KEY_ID: key?.accessKeyId,
        AWS_SECRET_ACCESS_KEY: key?.secretAccessKey,
        AWS_SESSION_TOKEN: key?.sessionToken ?? undefined,
        AWS_ENDPOINT_URL: url,
        AWS_EC2_METADATA_DISABLED: "true",
        TOKEN: token,
        ...more.env,
      };
      const made = await fakeRuntime(words, {}, { "ca.pem": more.server?.ca || certificates.ca });
      const net = (more.net ?? ((real) => real))(byNames(await nodeNet(), world, more.server?.port ?? emulatorPort));
      const runtime = {
        ...made,
        host: { ...made.host, env, now: nodeNow },
        net: async () => net,
      };
      const code = await withEndpoint(url, () => runCli(runtime));
      const { stdout, stderr } = runtime.written;
      if (stdout === "") throw new Error(stderr);
      const answer = doctorOutput.parse(JSON.parse(stdout));
      return { code, answer, causes: answer.verdict.causes.map(({ rule }) => rule), calls };
    }),
  );
}

/** The SDK's clients read it, and the profile, in the variables of the process. */
async function withEndpoint<T>(url: string, run: () => Promise<T>): Promise<T> {
  const before = process.env["AWS_ENDPOINT_URL"];
  process.env["AWS_ENDPOINT_URL"] = url;
  try {
    return await run();
  } finally {
    if (before === undefined) delete process.env["AWS_ENDPOINT_URL"];
    else process.env["AWS_ENDPOINT_URL"] = before;
  }
}

/** Names of caches that are no more are unknown, and their ports closed. */
function byNames(net: Net, { cache }: World, port: number): Net {
  const known = cache?.endpoints ?? [];
  return {
    ...net,
    async resolve(host) {
      const isGone = host.endsWith(".amazonaws.com") && !known.some((endpoint) => endpoint.host === host);
      if (isGone) throw Object.assign(new Error("no such host"), { code: "ENOTFOUND" });
      return [{ address: "127.0.0.1", family: 4 }];
    },
    connect(options) {
      const isOpen = known.length === 0 || known.some((endpoint) => endpoint.port === options.port);
      return net.connect({ ...options, port: isOpen ? port : 1 });
    },
  };
}
