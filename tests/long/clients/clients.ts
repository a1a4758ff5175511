/** Real clients of the field, each run as a process of its own, with tokens that it signs in its own way. */
import { join } from "node:path";
import { notRun, runCommand } from "../../app/program.ts";
import { root, venv } from "../witness.ts";
import type { Login, Outcome } from "./login.ts";
import { redisCli } from "./redis-cli.ts";

/** How long one may take. */
export const limitMs = 60_000;

export interface Client {
  readonly name: string;
  readonly signedBy: string;
  /** Whether its signer can be told another time than now. */
  readonly signsAt: boolean;
  use(login: Login): Promise<Outcome>;
}

/** Those that could be installed here; the others are said. */
export function clients(): readonly Client[] {
  const python = venv("clients", ["redis==8.1.0", "botocore==1.44.5", "developer-toolkit-elasticache==1.1.0"]);
  const node = join(root, "node_modules/.bin/node");
  const found: Client[] = (["node-redis", "ioredis", "iovalkey"] as const).map((name) => ({
    name,
    signedBy: "createToken",
    signsAt: true,
    use: (login) => outcomeOf([node, script(`${name}.ts`)], login),
  }));
  found.push({
    name: "valkey-glide",
    signedBy: "its own IAM",
    signsAt: false,
    use: (login) => outcomeOf([node, script("valkey-glide.ts")], login),
  });
  if (!python) return found;
  found.push({
    name: "redis-py",
    signedBy: "botocore",
    signsAt: true,
    use: (login) => outcomeOf([python, script("redis_py.py")], login),
  });
  const cli = redisCli(python);
  if (cli) found.push({ name: "redis-cli", signedBy: "the AWS toolkit", signsAt: false, use: cli });
  else notRun("redis-cli against emulate, for want of redis-cli 7");
  return found;
}

const script = (name: string) => join(import.meta.dirname, name);

/** What such a client has around it: the keys, for those that look for them there, and nothing of this machine's. */
export function clientEnv(login: Login): Record<string, string> {
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: "/nonexistent",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_ACCESS_KEY_ID: login.accessKeyId,
    AWS_SECRET_ACCESS_KEY: login.secretAccessKey,
    ...(login.sessionToken ? { AWS_SESSION_TOKEN: login.sessionToken } : {}),
  };
}

async function outcomeOf(command: readonly string[], login: Login): Promise<Outcome> {
  const options = { env: clientEnv(login), stdin: JSON.stringify(login), limitMs };
  const { code, signal, stdout, stderr } = await runCommand(command, options);
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`${command.slice(1).join(" ")} ended with ${code ?? signal}: ${stdout}${stderr}`);
  }
}
