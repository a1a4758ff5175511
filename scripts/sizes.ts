/**
 * What is inside an executable beyond the runtime, as a table, by the bundler's own account; fails where an AWS client is
 * inside that nothing uses. Usage: bun scripts/sizes.ts (after npm run build, for the executable's own size)
 */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { type BundleContents, bundleContents } from "./release/packages.ts";

const root = dirname(import.meta.dirname);

/** What each client inside is for. Those of "nested-clients" are brought along by the credential providers. */
const uses: Readonly<Record<string, string>> = {
  "client-sts": "who the caller is (doctor, policy), MFA sessions (session), roles (token)",
  "client-elasticache": "ElastiCache's records (doctor)",
  "client-memorydb": "MemoryDB's records (doctor)",
  "client-iam": "the simulation of policies (doctor)",
  "nested-clients/sts": "profiles with a role",
  "nested-clients/sso": "profiles with sso_session",
  "nested-clients/sso-oidc": "profiles with sso_session, whose token has ended",
  "nested-clients/signin": "profiles with login_session",
};

const contents = await bundleContents();
print(contents);
const faults = clientFaults(contents);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;

function print({ packages, own, bytes }: BundleContents): void {
  const rows: (readonly [string, number])[] = [
    ...[...own].map(([part, size]) => [part, size] as const),
    ...packages.map(({ name, version, bytes: size }) => [`${name} ${version}`, size] as const),
  ];
  rows.sort((a, b) => b[1] - a[1]);
  const width = Math.max(...rows.map(([name]) => name.length));
  const line = (name: string, size: number, unit = 1) =>
    console.log(`${name.padEnd(width)} ${(size / unit).toLocaleString("en").padStart(10)}`);
  console.log("What is in the bundle, in bytes of minified code\n");
  for (const [name, size] of rows) line(name, size);
  line("names, imports and exports", bytes - rows.reduce((sum, [, size]) => sum + size, 0));
  line("all", bytes);
  const executable = join(root, "dist/cacheauth");
  if (!existsSync(executable)) return;
  const all = statSync(executable).size;
  const runtime = statSync(realpathSync(process.execPath)).size;
  console.log("\ndist/cacheauth, in bytes\n");
  line("Bun itself", runtime);
  line("the bundle's code", bytes);
  line("its bytecode, which a start need not make", all - runtime - bytes);
  line("all", all);
}

/** Clients inside without a use, uses without a client, and those of our own sources that are not inside. */
function clientFaults({ files }: BundleContents): string[] {
  const inside = new Set(files.flatMap((file) => clientOf(file) ?? []));
  const imported = new Set(
    sourcesOf("src/aws").flatMap((code) =>
      [...code.matchAll(/import\("@aws-sdk\/(client-[a-z-]+)"\)/g)].map(([, name = ""]) => name),
    ),
  );
  return [
    ...[...inside].filter((name) => !(name in uses)).map((name) => `${name} is inside, and no command uses it`),
    ...Object.keys(uses)
      .filter((name) => !inside.has(name))
      .map((name) => `${name} has a use in scripts/sizes.ts, and is not inside`),
    ...[...inside]
      .filter((name) => name.startsWith("client-") && !imported.has(name))
      .map((name) => `${name} is inside, and src/aws does not import it`),
  ];
}

function clientOf(file: string): string | null {
  const [, client, nested] =
    /@aws-sdk\/(?:(client-[a-z-]+)\/|nested-clients\/dist-es\/submodules\/([a-z-]+)\/)/.exec(file) ?? [];
  return client ?? (nested === undefined ? null : `nested-clients/${nested}`);
}

function sourcesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(root, folder, file), "utf8"));
}
