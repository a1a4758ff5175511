/** What is started: the command, or valkey-cli or redis-cli. */
import { CacheauthError, shown } from "../../errors.ts";
import type { Host } from "../../runtime.ts";
import { parseIpAddress } from "../../target/ip-address.ts";
import type { Target } from "../../target/kinds.ts";

export interface Program {
  /** Its path, and its arguments: no secret is among them. */
  readonly command: readonly string[];
  readonly isClient: boolean;
}

export interface ClientOptions {
  readonly endpoint: Target["endpoint"];
  readonly user: string;
  readonly ca: string | undefined;
  readonly sni: string | undefined;
}

/**
 * `rest` is what stands behind `--`. What begins with a dash is no command, but more arguments for the client; those that do not
 * begin so come behind a second `--`. Rejects where there is no such program.
 */
export async function chooseProgram(
  rest: readonly string[],
  options: ClientOptions,
  host: Pick<Host, "env" | "findProgram">,
): Promise<Program> {
  const [first] = rest;
  if (first === undefined || first.startsWith("-")) {
    const more = first === "--" ? rest.slice(1) : rest;
    return { command: [await findClient(host), ...clientArguments(options), ...more], isClient: true };
  }
  const flag = options.ca !== undefined ? "--ca" : options.sni !== undefined ? "--sni" : null;
  if (flag !== null) {
    throw new CacheauthError(
      "flag-conflict",
      `${flag} counts where no command is given, and exec opens valkey-cli or redis-cli itself; here ${shown(first)} is given.`,
      `${withoutCommand(first, rest.slice(1), flag)}, or drop ${flag} and tell the command in its own way.`,
    );
  }
  try {
    return { command: [await host.findProgram(first, host.env), ...rest.slice(1)], isClient: false };
  } catch (error) {
    throw startFault(first, error);
  }
}

/** How the client is opened instead; what may be a password is not said again. */
function withoutCommand(command: string, words: readonly string[], flag: string): string {
  const isClient = /(?:^|[\\/])(?:valkey|redis)-cli(?:\.exe)?$/.test(command);
  const isPlain = words.every((word) => /^[\w:.*][\w:.*-]{0,20}$/.test(word)) && words.length <= 6;
  const line = (rest: string) => `cacheauth exec ENDPOINT -u USER ${flag} ${flag === "--ca" ? "FILE" : "HOST"}${rest}`;
  if (!isClient) return "Leave the command out (words for the client stand behind a second --, as in -- -- PING)";
  if (words.length === 0) return `Leave the command out (${line("")})`;
  return `Leave the command out, and put its words behind a second -- (${line(` -- -- ${isPlain ? words.join(" ") : "WORDS"}`)})`;
}

/** Why a program did not start, with the exit code that a shell would give. */
export function startFault(name: string, error: unknown): CacheauthError {
  const { code = "unknown error" } = error as { code?: string };
  if (code === "ENOENT") {
    return new CacheauthError(
      "command-not-found",
      `There is no command ${shown(name)}.`,
      "Check the name and PATH. Words for valkey-cli or redis-cli stand behind a second --, as in -- -- PING.",
    );
  }
  const why =
    { EACCES: "permission denied", ENOEXEC: "it is no program of this system", E2BIG: "its arguments are too long" }[
      code
    ] ?? "the system refuses";
  return new CacheauthError(
    "command-not-executable",
    `${shown(name)} cannot be executed: ${why} (${code}).`,
    "Make it executable (chmod +x), and see that its first line names an interpreter that is there.",
  );
}

async function findClient(host: Pick<Host, "env" | "findProgram">): Promise<string> {
  for (const name of ["valkey-cli", "redis-cli"]) {
    const path = await host.findProgram(name, host.env).catch(() => null);
    if (path !== null) return path;
  }
  throw new CacheauthError(
    "client-missing",
    "Neither valkey-cli nor redis-cli is in PATH.",
    "Install one: apt install valkey-tools or redis-tools, dnf install valkey, brew install valkey; or name a command behind --.",
  );
}

/** A cache with IAM speaks TLS alone. redis-cli asks for no server name by itself, by which a proxy may choose. */
function clientArguments({ endpoint, user, ca, sni }: ClientOptions): readonly string[] {
  if (endpoint === null) {
    throw new CacheauthError(
      "target-missing",
      "valkey-cli and redis-cli connect to an endpoint, and a name alone does not tell where.",
      "Give HOST[:PORT] as the argument as well.",
    );
  }
  const { host, port } = endpoint;
  const name = sni ?? (parseIpAddress(host) === null ? host : null);
  return [
    ...["--tls", "-h", host, "-p", String(port), "--user", user],
    ...(name === null ? [] : ["--sni", name]),
    ...(ca === undefined ? [] : ["--cacert", ca]),
  ];
}
