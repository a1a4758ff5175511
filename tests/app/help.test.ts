/**
 * The two examples that each help begins with, carried out as bash reads them: against a cache and an AWS of the test's, with
 * files and variables that are called as the examples call them. What cannot be had here is put in place of what stands there,
 * and the row says so.
 */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { commands } from "../../src/cli-commands.ts";
import type { Command } from "../../src/commands/command.ts";
import { certify, withEmulator } from "../doctor/emulated.ts";
import { scriptOf } from "../fakes/scripted-aws/of-world.ts";
import { withScriptedAws } from "../fakes/scripted-aws/server.ts";
import { goodWorld } from "../judge/good-worlds.ts";
import { put } from "./asking.ts";
import { sts, temporary, withFake } from "./aws-servers.ts";
import { cleanEnv, notRun, programs, withDirectory } from "./program.ts";

interface Shown {
  /** What it must print, on either stream. */
  readonly says: RegExp;
  /** Lines of bash before it, and after it in the same shell. */
  readonly before?: string;
  readonly after?: string;
  /** What stands in the example, and what is put in its place. */
  readonly instead?: readonly (readonly [shown: string, here: string])[];
  /** Another shell, whose example it is, or a program that the example has. */
  readonly needs?: "fish" | "zsh" | "jq";
}

const host = "master.my-cache.abc123.use1.cache.amazonaws.com";
const here = [[host, 'localhost:"$PORT" -4 --ca ca.pem --replication-group-id my-cache -r us-east-1']] as const;
const session = "cacheauth session gen my-profile --code 123456 >/dev/null";
const noPrompt = [["gen my-profile", "gen my-profile --code 123456"]] as const;
/** A program that runs until it is stopped: waited for, then interrupted. */
const untilStopped = (isUp: string) => `& pid=$!; until ${isUp}; do :; done; kill -INT $pid; wait $pid`;
const isListening = "grep -q 'cacheauth probe' out";

const examples: Readonly<Record<string, readonly [Shown, Shown]>> = {
  token: [
    { says: /^my-cache\/\?Action=connect&User=my-user&/ },
    { says: /"kind":"memorydb-cluster","name":"my-cluster"/ },
  ],
  decode: [{ says: /my-user/ }, { says: /"status":"valid"/ }],
  lint: [
    { says: /compared with nothing[\s\S]*\n0 errors, 0 warnings/ },
    { says: /my-user, good[\s\S]*\n0 errors, 0 warnings/ },
  ],
  verify: [{ says: /^signature: match/ }, { says: /signature: match[\s\S]*The token is as it should be/ }],
  probe: [
    { says: /The login works: the server knows this connection as my-user/, instead: here },
    { says: /The login works: the server knows this connection as my-user/, instead: here },
  ],
  doctor: [
    { says: /ok {7}login[\s\S]*ok {7}policy[\s\S]*says ACL WHOAMI/, instead: here },
    { says: /ok {7}login[\s\S]*ok {7}policy[\s\S]*says ACL WHOAMI/, instead: here },
  ],
  emulate: [
    {
      says: /export AWS_ACCESS_KEY_ID=/,
      after: `cat out`,
      instead: [["cacheauth emulate", `cacheauth emulate >out ${untilStopped(isListening)}`]],
    },
    {
      says: /my-cache/,
      after: "cat out",
      // A port that is free.
      instead: [["127.0.0.1:6380", `127.0.0.1:0 >out ${untilStopped(isListening)}`]],
    },
  ],
  exec: [
    { says: /^client --tls -h master\.my-cache\.\S+ -p 6379 --user my-user .* with my-cache\/\?Action=connect/ },
    { says: /^client .* PING with my-cache\/\?Action=connect/ },
  ],
  "session set": [{ says: /arn:aws:iam::123456789012:mfa\/me/ }, { says: /off/, before: session }],
  "session gen": [
    { says: /my-profile/, instead: noPrompt, after: "cacheauth session export my-profile" },
    { says: /my-profile/ },
  ],
  "session info": [
    { says: /my-profile/, before: session },
    { says: /^\d{4,}\n$/, before: session, needs: "jq" },
  ],
  "session export": [
    { says: new RegExp(`^${temporary.accessKeyId}\n$`), before: session, after: 'echo "$AWS_ACCESS_KEY_ID"' },
    {
      says: new RegExp(`^${temporary.accessKeyId}\n$`),
      before: session,
      after: 'echo "$AWS_ACCESS_KEY_ID"',
      needs: "fish",
    },
  ],
  "session process": [
    // It stands in a file of AWS's, whose tools run what is behind the equals sign.
    {
      says: new RegExp(`"AccessKeyId":"${temporary.accessKeyId}"`),
      before: session,
      instead: [["credential_process = ", ""]],
    },
    { says: new RegExp(`"AccessKeyId":"${temporary.accessKeyId}"`), before: session },
  ],
  "session run": [
    {
      says: /^in step: [\s\S]* stopped\n$/,
      instead: [["session run", `session run >out ${untilStopped("cacheauth session ping >/dev/null")}`]],
      after: "cat out",
    },
    { says: /true/, after: "cacheauth session ping --json; cacheauth session terminate" },
  ],
  "session ping": [
    { says: /"running":true/, after: "cacheauth session ping --json; cacheauth session terminate" },
    { says: /"running":true/, before: "cacheauth session run --detach", after: "cacheauth session terminate" },
  ],
  "session terminate": [
    { says: /ended/, before: "cacheauth session run --detach" },
    { says: /"terminated":true/, before: "cacheauth session run --detach" },
  ],
  policy: [{ says: /"elasticache:Connect"/ }, { says: /10\.0\.0\.0\/16/ }],
  setup: [
    {
      says: /^ok\n$/,
      instead: [
        ["-u my-user", "-u my-user > setup.sh; sh -n setup.sh && grep -q create-replication-group setup.sh && echo ok"],
      ],
    },
    { says: /resource "aws_elasticache_user"/ },
  ],
  rules: [{ says: /name-is-endpoint +error/ }, { says: /^name-is-endpoint[\s\S]*Fix/ }],
  schema: [{ says: /"title": "cacheauth token --json"/ }, { says: /"title": "cacheauth session info --json"/ }],
  completion: [
    { says: /complete -F _cacheauth cacheauth/, after: "complete -p cacheauth" },
    { says: /^_cacheauth\n$/, after: "echo $_comps[cacheauth]", needs: "zsh" },
  ],
};

const every: Command[] = [];
for (const entry of Object.values(commands)) {
  if (!("verbs" in entry)) every.push(await entry.load());
  else for (const verb of Object.values(await entry.verbs())) every.push(await verb.load());
}

const [program] = programs;
assert.ok(program);
const certificates = await certify(["localhost"]);
const world = goodWorld("replication-group");
const [key] = world.keys;
const keys = {
  AWS_ACCESS_KEY_ID: key?.accessKeyId ?? "",
  AWS_SECRET_ACCESS_KEY: key?.secretAccessKey ?? "",
  ...(key?.sessionToken ? { AWS_SESSION_TOKEN: key.sessionToken } : {}),
};

/** What lies in the home of whoever types the examples. */
const files = {
  ".aws/credentials": `[my-profile]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
[prod]
${Object.entries(keys)
  .map(([name, value]) => `${name.toLowerCase()} = ${value}`)
  .join("\n")}
`,
  ".aws/config": "[profile my-profile]\nmfa_serial = arn:aws:iam::123456789012:mfa/me\nregion = us-east-1\n",
  "ca.pem": certificates.ca,
  "bin/cacheauth": `#!/bin/sh\nexec ${program.command.map((word) => `'${word}'`).join(" ")} "$@"\n`,
  "bin/valkey-cli": '#!/bin/sh\necho "client $* with $REDISCLI_AUTH"\n',
  // The device that shows the codes.
  "bin/ykman": "#!/bin/sh\necho 123456\n",
};

/** Types it in a shell of its own, in a home of its own. */
function carriedOut(line: string, shown: Shown): Promise<{ code: number | null; text: string }> {
  const { before = "", after = "", instead = [], needs } = shown;
  for (const [there] of instead) assert.ok(line.includes(there), `${there} is not in ${line}`);
  const typed = instead.reduce((text, [there, here]) => text.replace(there, () => here), line);
  const setUp = `TOKEN=$(cacheauth token ${host} -u my-user) || exit; printf %s "$TOKEN" > token.txt
    export REDISCLI_AUTH="$TOKEN"; ${before}`;
  return withDirectory((home) =>
    withEmulator({ world, certificates }, (port) =>
      withScriptedAws(scriptOf(world), (aws) =>
        withFake(sts, async (fake) => {
          put(home, files);
          const isSession = line.includes("cacheauth session");
          const env = {
            ...{ ...cleanEnv(home), ...keys, PORT: String(port), AWS_ENDPOINT_URL: aws.url },
            ...(isSession ? { AWS_ENDPOINT_URL_STS: fake.url } : {}),
            PATH: `${join(home, "bin")}:${process.env["PATH"] ?? ""}`,
          };
          const run = (command: string, ...args: string[]) => ran(command, args, home, env);
          const itself = `${typed}\n${after}`;
          if (needs !== "fish" && needs !== "zsh")
            return run("bash", "-c", `${setUp}\n${typed}\ns=$?\n${after}\nexit $s`);
          await run("bash", "-c", setUp);
          return run(needs, ...(needs === "fish" ? ["--no-config"] : ["-f"]), "-c", itself);
        }),
      ),
    ),
  );
}

function ran(command: string, args: readonly string[], cwd: string, env: Record<string, string>) {
  const child = spawn(command, args, { cwd, env, timeout: 30_000, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (more: string) => {
      text += more;
    });
  return new Promise<{ code: number | null; text: string }>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, text }));
  });
}

for (const command of every)
  for (const index of [0, 1] as const) {
    const [about, line] = command.examples[index] ?? ["", ""];
    const shown = examples[command.name]?.[index];
    if (shown?.needs !== undefined && spawnSync("sh", ["-c", `command -v ${shown.needs}`]).status !== 0) {
      notRun(`an example of ${command.name} with ${shown.needs}, which is not here`);
      continue;
    }
    test(`help: ${command.name}: ${about}`, async () => {
      assert.ok(shown, "an example that is held against nothing");
      const { code, text } = await carriedOut(line, shown);
      assert.equal(code, 0, text);
      assert.match(text, shown.says);
    });
  }
