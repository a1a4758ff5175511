/** redis-cli as people use it: the token in REDISCLI_AUTH, made by the AWS toolkit's command. */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { runCommand } from "../../app/program.ts";
import { clientEnv, limitMs } from "./clients.ts";
import { type Did, key, type Login, type Outcome } from "./login.ts";

/** Null where there is no redis-cli of version 6 or later, which is when it learnt `--user`. */
export function redisCli(python: string): ((login: Login) => Promise<Outcome>) | null {
  const { stdout } = spawnSync("redis-cli", ["--version"], { encoding: "utf8" });
  return /redis-cli ([6-9]|\d\d)\./.test(stdout ?? "") ? (login) => useRedisCli(python, login) : null;
}

async function useRedisCli(python: string, login: Login): Promise<Outcome> {
  const { host, port, user, caFile, cluster } = login;
  const flags = ["-h", host, "-p", `${port}`, "--tls", "--cacert", caFile, "--user", user, "--no-auth-warning"];
  const command = ["redis-cli", ...flags, ...(cluster ? ["-c"] : [])];
  const env = { ...clientEnv(login), REDISCLI_AUTH: toolkitToken(python, login) };
  const listener = subscribed(command, env);
  const words = (...all: string[]) => `${all.join(" ")}\n`;
  const [a, n] = [key("a"), key("n")];
  const script =
    words("ACL", "WHOAMI") +
    words("PING") +
    words("SET", a, "v") +
    words("GET", a) +
    words("EXPIRE", a, "100") +
    words("TTL", a) +
    words("DEL", a) +
    words("EXISTS", a) +
    (words("MULTI") + words("SET", n, "1") + words("INCR", n) + words("EXEC"));
  // Not spawnSync: the listener's lines come meanwhile.
  const { stdout, stderr } = await runCommand(command, { env, stdin: script, limitMs });
  const refused = /AUTH failed: (.*)|^(Could not connect.*)/m.exec(stderr);
  if (refused) {
    // It is refused as well, and ends; what emulate thinks of it is then told.
    await listener.ended;
    return { refused: refused[1] ?? refused[2] ?? "" };
  }
  await listener.ready;
  await runCommand(command, { env, stdin: words("PUBLISH", "news", "hello"), limitMs });
  const message = await listener.message;
  listener.stop();
  // Where a key lives elsewhere, it says so on a line of its own, and logs in there with the same token.
  const lines = stdout.split("\n").filter((line) => !line.startsWith("-> Redirected"));
  const [whoami, ping, set, get, expire, ttl, del, exists, begun, queued, again, first, second] = lines;
  if (begun !== "OK" || queued !== "QUEUED" || again !== "QUEUED") throw new Error(`not a transaction:\n${stdout}`);
  const did: Did = {
    whoami: whoami ?? "",
    ping: ping ?? "",
    set: set ?? "",
    get: get ?? "",
    expire: expire === "1",
    ttl: Number(ttl),
    del: Number(del),
    gone: exists === "0" ? null : (exists as unknown as null),
    multi: [first ?? "", Number(second)],
    message,
  };
  return did;
}

/** By its command's own function: the script that pip writes names the folder it was installed into. */
function toolkitToken(python: string, login: Login): string {
  if (login.at !== null) throw new Error("the AWS toolkit signs for now alone");
  const run = "import sys; from developer_toolkit_elasticache.cli import main; sys.exit(main())";
  const name = {
    "replication-group": "--replication-group-id",
    "serverless-cache": "--serverless-cache-name",
    "memorydb-cluster": null,
  }[login.kind];
  if (name === null) throw new Error("the AWS toolkit's command knows no MemoryDB");
  const args = ["generate_iam_auth_token", name, login.name, "--user-id", login.user, "--region", login.region];
  return execFileSync(python, ["-c", run, ...args], { encoding: "utf8", env: clientEnv(login) }).trim();
}

function subscribed([program = "", ...args]: readonly string[], env: Record<string, string>) {
  const child = spawn(program, [...args, "SUBSCRIBE", "news"], { env, stdio: ["ignore", "pipe", "ignore"] });
  const lines = createInterface({ input: child.stdout });
  const after = (before: readonly string[]) =>
    new Promise<string>((resolve, reject) => {
      let last: string[] = [];
      lines.on("line", (line) => {
        if (before.every((word, index) => last[index] === word)) resolve(line);
        last = [...last, line].slice(-before.length);
      });
      lines.once("close", () => reject(new Error("redis-cli SUBSCRIBE ended")));
    });
  const ready = after(["subscribe", "news"]);
  const message = after(["message", "news"]);
  // A refused one ends, which its other half has told.
  for (const promise of [ready, message]) promise.catch(() => {});
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  return { ready, message, ended, stop: () => child.kill() };
}
