/**
 * Holds who may import whom. A folder of src may import what `allowed` names for it, and files in its own folder; the
 * pure folders touch no I/O, no clock and no console. Usage: bun scripts/check-directions.ts [DIR]
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";

/** What everything may use. */
const everywhere = ["errors", "naming", "runtime", "findings"];

/** Unit (a folder of src, or a file directly in it) to the units it may import. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  main: ["cli", "node-runtime"],
  cli: [
    "cli-commands",
    "cli-errors",
    "cli-help",
    "cli-words",
    "commands",
    "completion",
    "terminal",
    "version",
    "token",
  ],
  "cli-commands": ["cli-judging", "commands", "emulate"],
  "cli-errors": ["commands"],
  "cli-help": ["cli-commands", "commands", "terminal"],
  "cli-judging": ["commands"],
  "cli-words": ["cli-errors", "commands"],
  index: [
    "client",
    "emulate",
    "library",
    "library-emulator",
    "library-judgement",
    "library-provider",
    "lint",
    "target",
    "token",
  ],
  library: ["client", "node-runtime", "target", "token"],
  "library-emulator": ["emulate", "judge", "library", "node-runtime", "target", "token"],
  "library-provider": ["client", "library", "node-runtime", "target", "token"],
  "library-judgement": ["library", "lint", "node-runtime", "target", "token"],
  "node-runtime": ["node"],
  node: [],
  errors: [],
  naming: [],
  runtime: [],
  version: [],
  findings: [],
  terminal: [],
  completion: ["cli-commands", "cli-words", "commands", "aws", "session", "target", "terminal"],
  commands: [
    "doctor",
    "probe",
    "emulate",
    "session",
    "setup",
    "walk",
    "client",
    "aws",
    "judge",
    "policy",
    "lint",
    "token",
    "target",
    "terminal",
    "version",
  ],
  client: ["lint", "target", "token"],
  aws: ["judge", "target", "terminal", "token"],
  doctor: ["aws", "judge", "lint", "policy", "probe", "target", "terminal", "token", "walk"],
  session: ["token"],
  setup: ["policy", "target"],
  walk: [],
  probe: ["lint", "resp", "target", "terminal", "token", "walk"],
  emulate: ["judge", "lint", "policy", "resp", "target", "token"],
  resp: [],
  judge: ["lint", "policy", "target", "token"],
  policy: ["target", "token"],
  lint: ["token", "target"],
  token: ["target"],
  target: [],
};

/** Pure: time, credentials, sockets and files come in as arguments. */
const pure = ["findings", "target", "token", "lint", "policy", "judge", "resp", "client", "session", "setup"];
const impure: readonly (readonly [RegExp, string])[] = [
  [/from "node:|import\("node:/, "imports a built-in"],
  [/\bprocess\./, "uses process"],
  [/\bconsole\./, "uses console"],
  [/\bDate\.now\(|new Date\(\)|performance\.now\(/, "reads the clock"],
  [/\b(Bun|Deno)\./, "uses a runtime's own API"],
  [/\bsetTimeout\(|\bsetInterval\(|\bfetch\(|Math\.random\(/, "uses a timer, the network or chance"],
];

const root = process.argv[2] ?? join(dirname(import.meta.dirname), "src");
const faults = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .flatMap((file) => faultsOf(file));
for (const fault of faults) console.error(fault);
console.log(faults.length === 0 ? "directions: kept" : `directions: ${faults.length} broken`);
process.exitCode = faults.length === 0 ? 0 : 1;

function faultsOf(file: string): string[] {
  const code = withoutComments(readFileSync(join(root, file), "utf8"));
  const unit = unitOf(file);
  const may = allowed[unit];
  if (!may) return [`${file}: ${unit} has no row in scripts/check-directions.ts`];
  const found: string[] = [];
  for (const [, specifier = ""] of code.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)) {
    const fault = specifier.startsWith(".") ? localFault(file, unit, may, specifier) : packageFault(unit, specifier);
    if (fault) found.push(`${file}: ${fault}`);
  }
  if (pure.includes(unit)) {
    for (const [pattern, what] of impure) if (pattern.test(code)) found.push(`${file}: ${what}, but ${unit} is pure`);
  }
  return found;
}

function localFault(file: string, unit: string, may: readonly string[], specifier: string): string | null {
  const to = normalize(join(dirname(file), specifier));
  const target = unitOf(to);
  if (unit === "commands" && target === "commands") {
    const [from, into] = [commandOf(file), commandOf(to)];
    return from === into || into === null ? null : `command ${from} imports command ${into}`;
  }
  if (target === unit || everywhere.includes(target) || may.includes(target)) return null;
  return `${unit} may not import ${target}`;
}

function packageFault(unit: string, specifier: string): string | null {
  if (specifier.startsWith("node:")) {
    return unit === "node" || unit === "aws" ? null : `only node and aws own ${specifier}`;
  }
  if (specifier.startsWith("@aws-sdk/") && unit !== "aws") return `only aws imports ${specifier}`;
  if (specifier === "arg" && unit !== "cli") return "only cli.ts knows the argument parser";
  return null;
}

function unitOf(file: string): string {
  return (file.split(/[\\/]/)[0] ?? "").replace(/\.ts$/, "");
}

/** The command a file of commands/ belongs to; null for what they share, which says what a command is. */
function commandOf(file: string): string | null {
  const parts = relative("commands", file).split(/[\\/]/);
  return parts.length > 1 ? (parts[0] ?? null) : null;
}

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
}
