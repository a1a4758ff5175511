/** The recipes of the README, run: the file of `token --watch`, read by clients that are not JavaScript. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { notRun, type Program, programs, run, withDirectory } from "../app/program.ts";
import { withRunning } from "../app/running.ts";
import { root, venv } from "./witness.ts";

interface Recipe {
  readonly name: string;
  readonly command: readonly string[];
}

/** A recipe's one line. */
interface Did {
  readonly whoami: string | null;
  readonly commands: number;
  readonly lost: number;
  /** The last that it met; empty or null if none. */
  readonly error: string | null;
}

/** What `emulate --json` says first. */
interface Listening {
  readonly endpoint: { readonly host: string; readonly port: number };
  readonly user: string;
  readonly target: { readonly name: string; readonly region: string };
  readonly caFile: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const turns = 700;
const [cacheauth] = programs;
assert.ok(cacheauth);
const program: Program = cacheauth;

for (const recipe of recipes()) {
  test(`recipes: ${recipe.name}: it outlives several connections, and loses nothing`, async () => {
    const emulated = await withEmulate(["--connection-lifetime", "4"], (cache) =>
      withFreshFile(cache, ["--expires-in", "5"], (file) =>
        played(recipe, cache, { TOKEN_FILE: file, MAX_AGE: "2", TURNS: String(turns) }),
      ),
    );
    const { did, accepted, refused, notices } = emulated;
    assert.deepEqual({ ...did, error: did.error || null }, { ...did, commands: 2 * turns, lost: 0, error: null });
    assert.equal(did.whoami, emulated.user);
    assert.equal(refused, 0);
    // In seven seconds or more, and tokens live for five; connections are left, or log in again, after two of their four.
    assert.ok(accepted >= 4, `${accepted} logins`);
    assert.doesNotMatch(notices, /connection-expired/);
    console.log(`${recipe.name}: ${did.commands} commands, ${accepted} logins, ${refused} refused, ${did.lost} lost`);
  });

  test(`recipes: ${recipe.name}: it connects again where its connections are ended under it`, async () => {
    const emulated = await withEmulate(["--connection-lifetime", "2"], (cache) =>
      withFreshFile(cache, [], (file) => played(recipe, cache, { TOKEN_FILE: file, ...late(recipe), TURNS: "500" })),
    );
    const { did, accepted, refused, notices } = emulated;
    assert.deepEqual([did.whoami, did.commands, refused], [emulated.user, 1_000, 0]);
    assert.ok(accepted >= 3, `${accepted} logins`);
    const ended = notices.match(/connection-expired/g)?.length ?? 0;
    assert.ok(ended >= 1);
    // At most the command that was on its way: not every client tries it again.
    assert.ok(did.lost <= ended, `${did.lost} lost by ${ended} connections`);
    console.log(`${recipe.name}: ${ended} connections were ended, ${accepted} logins, ${did.lost} lost`);
  });

  test(`recipes: ${recipe.name}: with a file that nobody keeps fresh, it is refused`, async () => {
    const { did, accepted, refused } = await withEmulate([], (cache) =>
      withDirectory(async (directory) => {
        const file = join(directory, "token");
        const at = new Date(Date.now() - 3_600_000).toISOString().replace(/\.\d+/, "");
        const { code, stdout, stderr } = await run(program, [...token(cache), "--at", at], keys(cache));
        assert.equal(code, 0, stderr);
        writeFileSync(file, stdout.trim());
        return played(recipe, cache, { TOKEN_FILE: file, TURNS: "1" });
      }),
    );
    assert.match(did.error ?? "", /invalid username-password pair or user is disabled/);
    assert.deepEqual([did.whoami || null, did.commands, accepted], [null, 0, 0]);
    assert.ok(refused >= 1);
  });
}

/** Later than the end of a connection: the recipe's own time is, but GLIDE's tells how often it takes the token, too. */
function late({ name }: Recipe): Readonly<Record<string, string>> {
  return name === "python/glide_python.py" ? { MAX_AGE: "3" } : {};
}

async function played(
  { name, command }: Recipe,
  { endpoint, user, caFile }: Listening,
  own: Readonly<Record<string, string>>,
): Promise<Did> {
  const cache = { CACHE_HOST: endpoint.host, CACHE_PORT: String(endpoint.port), CACHE_USER: user, CACHE_CA: caFile };
  const { code, stdout, stderr } = await run({ name, command }, [], { env: { ...cache, ...own } });
  assert.equal(code, 0, `${stdout}${stderr}`);
  assert.doesNotMatch(stdout + stderr, /X-Amz-Signature/);
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}

/** What the recipe did, and what emulate had decided and said by its end. */
function withEmulate(flags: readonly string[], use: (cache: Listening) => Promise<Did>) {
  return withDirectory((directory) => {
    const env = { TMPDIR: directory };
    return withRunning(program, ["emulate", "--json", ...flags], { env }, async ({ until, signal, closed }) => {
      const [first] = await until("stdout", /.*\n/);
      const cache: Listening = JSON.parse(first);
      const did = await use(cache);
      signal("SIGTERM");
      const { code, stdout, stderr } = await closed;
      assert.equal(code, 0, stderr);
      const logins = stdout
        .trim()
        .split("\n")
        .slice(1)
        .map((line) => JSON.parse(line).accepted);
      const accepted = logins.filter(Boolean).length;
      return { did, user: cache.user, accepted, refused: logins.length - accepted, notices: stderr };
    });
  });
}

/** A file that `token --watch` writes anew each second, while `use` runs. */
function withFreshFile<T>(cache: Listening, flags: readonly string[], use: (file: string) => Promise<T>): Promise<T> {
  return withDirectory((directory) => {
    const file = join(directory, "token");
    const args = [...token(cache), "--output", file, "--watch", "--every", "1", ...flags];
    return withRunning(program, args, keys(cache), async ({ until, signal, closed }) => {
      await until("stderr", /good until/);
      const done = await use(file);
      signal("SIGTERM");
      assert.equal((await closed).code, 0);
      return done;
    });
  });
}

function token({ target: { name, region }, user }: Listening): readonly string[] {
  return ["token", "--replication-group-id", name, "--region", region, "--user", user];
}

function keys({ credentials: { accessKeyId, secretAccessKey } }: Listening) {
  return { env: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } };
}

/** Those that can be run here; the others are said. */
function recipes(): readonly Recipe[] {
  const found: Recipe[] = [];
  const python = venv("recipes", ["redis==8.1.0", "valkey==6.2.0", "valkey-glide==2.6.0"]);
  for (const name of python ? ["redis_py", "valkey_py", "glide_python"] : []) {
    found.push({ name: `python/${name}.py`, command: [python ?? "", join(root, `tests/recipes/python/${name}.py`)] });
  }
  return [...found, ...goRecipes()];
}

function goRecipes(): readonly Recipe[] {
  const built = join(root, "node_modules/.cache/go-recipes");
  const go = spawnSync("go", ["build", "-o", `${built}/`, "./..."], {
    cwd: join(root, "tests/recipes/go"),
    encoding: "utf8",
  });
  if (go.status === 0) {
    return ["go-redis", "valkey-go", "redigo"].map((name) => ({ name: `go/${name}`, command: [join(built, name)] }));
  }
  // Without Go, or without its modules; a recipe that does not compile is no reason to skip it.
  if (!go.error && !/dial tcp|lookup |proxy|requires go|toolchain/.test(go.stderr)) throw new Error(go.stderr);
  notRun("the recipes in Go, for want of go or of its modules");
  return [];
}
