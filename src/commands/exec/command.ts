import { CacheauthError } from "../../errors.ts";
import type { Host } from "../../runtime.ts";
import { defineCommand } from "../command.ts";
import { planToken } from "../own-token.ts";
import { execFlags } from "./flags.ts";
import { passSignals } from "./pass-signals.ts";
import { chooseProgram, startFault } from "./program.ts";
import { checkVariable, environment, needsEndpoint, readWanted } from "./variables.ts";

export const exec = defineCommand({
  name: "exec",
  summary: "a command run with a token in its environment; without one, valkey-cli or redis-cli",
  words: ["ENDPOINT"],
  rest: "COMMAND ARGS",
  flags: execFlags,
  refuses: ["json", "at"],
  exits: [0, 2, 3, 70, 126, 127],
  exitNote: "Once COMMAND runs, its own code; 128 + N where signal N ended it.",
  examples: [
    ["valkey-cli or redis-cli, logged in", "cacheauth exec master.my-cache.abc123.use1.cache.amazonaws.com -u my-user"],
    [
      "one command alone, here PING",
      "cacheauth exec master.my-cache.abc123.use1.cache.amazonaws.com -u my-user -- -- PING",
    ],
    [
      "a program that reads a URL, without your AWS credentials",
      "cacheauth exec master.my-cache.abc123.use1.cache.amazonaws.com -u my-user --clean-env --env REDIS_URL=url -- ./worker --queue mail",
    ],
    [
      "a program that reconnects for hours, and reads a file each time",
      "cacheauth exec master.my-cache.abc123.use1.cache.amazonaws.com -u my-user --token-file-env TOKEN_FILE -- ./server",
    ],
  ],
  async run(call) {
    const { runtime, report, flags, rest } = call;
    const { host } = runtime;
    if (report.json) throw refused("--json", "what stands on stdout is the command's");
    if (call.at !== undefined) throw refused("--at", "the command logs in now");
    const wanted = readWanted(flags.env);
    const fileVariable = flags["token-file-env"];
    if (fileVariable !== undefined) checkVariable("--token-file-env", fileVariable);
    if (wanted.some(({ name }) => name === fileVariable)) {
      throw new CacheauthError(
        "flag-conflict",
        `--env and --token-file-env name one variable, ${fileVariable}.`,
        "Name two.",
      );
    }
    const own = await planToken(call, 900);
    const { user, target } = own;
    const unmet = target.endpoint === null ? needsEndpoint(wanted) : undefined;
    if (unmet) {
      throw new CacheauthError(
        "target-missing",
        `--env ${unmet.name}=${unmet.what} needs an endpoint, and a name alone does not tell where.`,
        "Give HOST[:PORT] as the argument as well.",
      );
    }
    // Before the credentials: whoever is asked for an MFA code wants to be asked for something.
    const client = { endpoint: target.endpoint, user: user.toLowerCase(), ca: flags.ca, sni: flags.sni };
    const program = await chooseProgram(rest ?? [], client, host);
    const hasMfaCode = flags["mfa-code"] !== undefined;
    const file =
      fileVariable === undefined
        ? null
        : await (await import("./token-file.ts")).openTokenFile(own, hasMfaCode, runtime, report);
    try {
      const token = file?.token ?? (await own.make(await own.findCredentials(), host.now()));
      await report.tell({ notices: token.notices }, () => "", "stderr");
      const login = { token: token.token ?? "", user: token.user, endpoint: target.endpoint };
      const env = environment(host.env, login, { wanted, isClean: flags["clean-env"] });
      const all = file === null || fileVariable === undefined ? env : { ...env, [fileVariable]: file.path };
      return await runToEnd(program.command, all, host);
    } finally {
      await file?.remove();
    }
  },
});

/** Resolves to what a shell would say of its end. */
async function runToEnd(command: readonly string[], env: Host["env"], host: Host): Promise<number> {
  const signals = await passSignals(host);
  try {
    const child = await host.spawn(command, { env, stdio: "inherit" });
    signals.to(child);
    return (await child.ended).status;
  } catch (error) {
    throw startFault(command[0] ?? "", error);
  } finally {
    signals.end();
  }
}

function refused(flag: string, why: string): CacheauthError {
  return new CacheauthError("flag-conflict", `exec takes no ${flag}: ${why}.`, `Drop ${flag}.`);
}
