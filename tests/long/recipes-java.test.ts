/**
 * The recipes for Java with a file that `token --watch` keeps fresh, against connections that are ended a few seconds after
 * their last login.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type Program, programs, type Run, run, withDirectory } from "../app/program.ts";
import { type Running, withRunning } from "../app/running.ts";
import { compiled } from "../recipes/java/compiled.ts";
import { type Decision, type Emulate, withEmulate } from "./clients/emulate.ts";
import { type Login, ownToken } from "./clients/login.ts";

const program = programs[0] as Program;
const found = compiled();
if (found) tests(found);

/** What a recipe prints: what it has done, or why its first login was refused. */
interface Lived {
  readonly whoami?: string;
  readonly commands?: number;
  /** Each kind of failure, and how often. */
  readonly lost?: Readonly<Record<string, number>>;
  readonly refused?: string;
}

/** Seconds: a connection's life after its last login, and how often the file is written and looked at. */
interface Times {
  readonly lifetime: number;
  readonly every: number;
  readonly lookedAt: number;
}

function tests(java: NonNullable<typeof found>): void {
  test("recipes for Java: Lettuce, Jedis: each reconnects with the file's token, and no command is lost", () =>
    both(["LettuceRecipe", "JedisRecipe"], async (recipe) => {
      // Looked at too seldom for a login in time: only a new connection reads it.
      const times = { lifetime: 2, every: 1, lookedAt: 60 };
      const { lived, logins } = await live(java, recipe, times, ({ connections }) => connections.size === 5);
      console.log(`${recipe}: ${JSON.stringify(lived)}, ${logins.connections.size} connections`);
      assert.deepEqual([lived.whoami, lived.lost], ["my-user", {}]);
      assert.ok(Number(lived.commands) > 100, String(lived.commands));
    }));

  test("recipes for Java: Lettuce, GLIDE: logged in again in time, no connection ends and no command is lost", () =>
    both(["LettuceRecipe", "GlideRecipe"], async (recipe) => {
      const times = { lifetime: 4, every: 1, lookedAt: 1 };
      const { lived, logins } = await live(
        java,
        recipe,
        times,
        ({ connections, again }) => again === 12 || connections.size > 1,
      );
      console.log(`${recipe}: ${JSON.stringify(lived)}, ${logins.again} logins again`);
      assert.deepEqual([lived.whoami, lived.lost], ["my-user", {}]);
      assert.equal(logins.connections.size, 1);
      assert.ok(Number(lived.commands) > 100, String(lived.commands));
    }));

  test("recipes for Java: with a file that nothing kept fresh, each is refused", () =>
    both(["LettuceRecipe", "JedisRecipe", "GlideRecipe"], (recipe) =>
      withEmulate(program, [], (emulate) =>
        withDirectory(async (directory) => {
          const file = join(directory, "token");
          const at = new Date(Date.now() - 3_600_000).toISOString();
          writeFileSync(file, await ownToken({ ...emulate.login, at }), { mode: 0o600 });
          const decision = emulate.next({ accepted: false });
          const env = environment(emulate.login, file, 1, directory);
          const refused = await run(java(recipe, directory), [], { env, cwd: directory, stdin: "." });
          assert.notEqual(said(refused).refused, undefined, refused.stdout);
          // GLIDE has the server's words in its log alone: its error is "Connection refused".
          assert.match(refused.stdout, /WRONGPASS:? invalid username-password pair or user is disabled/);
          assert.deepEqual(rules(await decision), ["expired"]);
        }),
      ),
    ));
}

interface Logins {
  readonly connections: ReadonlySet<number>;
  /** On a connection that was logged in. */
  readonly again: number;
}

/** Lets a recipe live until its logins are so; none may be refused. */
function live(java: NonNullable<typeof found>, recipe: string, times: Times, isEnough: (logins: Logins) => boolean) {
  return withEmulate(program, ["--connection-lifetime", String(times.lifetime)], (emulate) =>
    withDirectory((directory) => {
      const file = join(directory, "token");
      return withRunning(
        program as Program,
        watch(emulate.login, file, times.every),
        { env: keys(emulate.login) },
        async (watcher) => {
          await watcher.until("stderr", /good until/);
          const refused = emulate.next({ accepted: false });
          const env = environment(emulate.login, file, times.lookedAt, directory);
          return withRunning(java(recipe, directory), [], { env, cwd: directory }, async (running) => {
            const enough = loginsUntil(emulate, isEnough);
            // Where the test has failed before, that is what is told.
            enough.catch(() => {});
            const logins = await Promise.race([enough, refusal(refused), endOf(running)]);
            running.child.stdin?.end(".");
            const lived = said(await running.closed);
            await emulate.settled();
            assert.match(String((await refused).user), /^mark-/, "its own are all let in");
            return { lived, logins };
          });
        },
      );
    }),
  );
}

async function loginsUntil({ next }: Emulate, isEnough: (logins: Logins) => boolean): Promise<Logins> {
  const connections = new Set<number>();
  for (let again = 0; ; ) {
    const { connection } = (await next({ accepted: true })) as Decision & { readonly connection: number };
    if (connections.has(connection)) again += 1;
    else connections.add(connection);
    if (isEnough({ connections, again })) return { connections, again };
  }
}

/** The clients have words of their own on both streams, GLIDE's before its JSON; none of them has a token in it. */
function said({ code, signal, stdout, stderr }: Run): Lived {
  assert.doesNotMatch(stdout + stderr, /X-Amz/);
  assert.equal(code ?? signal, 0, stdout + stderr);
  return JSON.parse(stdout.slice(stdout.trimEnd().lastIndexOf("\n") + 1));
}

async function refusal(refused: Promise<Decision>): Promise<never> {
  throw new Error(`a login was refused: ${rules(await refused)}`);
}

async function endOf({ closed }: Running): Promise<never> {
  const { code, signal, stdout, stderr } = await closed;
  throw new Error(`it ended with ${code ?? signal}: ${stdout}${stderr}`);
}

function watch({ name, region, user }: Login, file: string, every: number): readonly string[] {
  const target = ["--replication-group-id", name, "-r", region, "-u", user];
  // Who keeps one is refused a few connections later.
  const life = ["--expires-in", "6", "--every", String(every)];
  return ["token", ...target, "--output", file, "--watch", ...life];
}

function keys({ accessKeyId, secretAccessKey }: Login) {
  return { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
}

/** What a recipe is told. GLIDE's socket is where TMPDIR says. */
function environment({ host, port, user, caFile }: Login, file: string, lookedAt: number, directory: string) {
  return {
    CACHE_HOST: host,
    CACHE_PORT: String(port),
    CACHE_USER: user,
    CACHE_CA: caFile,
    TOKEN_FILE: file,
    EVERY_SECONDS: String(lookedAt),
    TMPDIR: directory,
  };
}

function rules({ findings }: Decision): readonly string[] {
  const errors = findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule);
  return [...new Set(errors)];
}

async function both(recipes: readonly string[], use: (recipe: string) => Promise<void>): Promise<void> {
  await Promise.all(recipes.map(use));
}
