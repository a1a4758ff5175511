/**
 * Holds what the entry chunks carry: signing must not bring along the AWS SDK's clients and providers, which load only
 * when they are needed. Follows static imports from the entry and from the token command. Usage: bun scripts/check-bundle.ts
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Each stands in the code of something heavy and survives minifying; each must be somewhere in the bundle. */
const heavy: readonly (readonly [text: string, what: string])[] = [
  ["sso login", "SSO credentials"],
  ["SSOOIDC", "the OIDC client"],
  ["AssumeRoleCommand", "the STS client"],
  ["GetSessionToken", "the STS client"],
  ["AWS_CONTAINER_CREDENTIALS_FULL_URI", "container credentials"],
  ["/latest/meta-data/iam", "instance metadata credentials"],
  ["credential_process did not", "process credentials"],
  ["toJSONSchema", "zod"],
];

const bundle = join(dirname(import.meta.dirname), "dist/bundle");
if (!existsSync(join(bundle, "main.js"))) throw new Error("dist/bundle is not there: npm run build");
const chunks = new Map(
  readdirSync(bundle)
    .filter((file) => file.endsWith(".js"))
    .map((file) => [file, readFileSync(join(bundle, file), "utf8")] as const),
);
// By its flags, as they stand after minifying.
const token = [...chunks].find(([, code]) => code.includes('"expires-in":{takes'))?.[0];
if (token === undefined) throw new Error("the token command's chunk was not found");

const faults: string[] = [];
const loaded = reach(["main.js", token]);
for (const [text, what] of heavy) {
  for (const file of loaded)
    if (chunks.get(file)?.includes(text)) faults.push(`${file}, loaded by every token, holds ${what} ("${text}")`);
  if (![...chunks.values()].some((code) => code.includes(text)))
    faults.push(`"${text}" is nowhere in the bundle: the check for ${what} checks nothing`);
}
const bytes = loaded.reduce((sum, file) => sum + (chunks.get(file)?.length ?? 0), 0);
if (bytes > 90_000) faults.push(`token loads ${bytes} bytes of code; 90,000 is the limit`);
for (const fault of faults) console.error(fault);
console.log(
  faults.length === 0
    ? `bundle: token loads ${bytes} bytes in ${loaded.length} chunks`
    : `bundle: ${faults.length} faults`,
);
process.exitCode = faults.length === 0 ? 0 : 1;

/** The chunks that these load before they run: static imports alone. */
function reach(entries: readonly string[]): string[] {
  const seen = new Set<string>();
  const open = [...entries];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const [, next = ""] of (chunks.get(file) ?? "").matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)) open.push(next);
  }
  return [...seen];
}
