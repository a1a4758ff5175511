/** Probes by the executables, of servers of the tests. */
import assert from "node:assert/strict";
import { probeOutput } from "../../src/commands/probe/output.ts";
import { exampleKeys, type Program, programs, type Run, type RunOptions, run } from "./program.ts";

/**
 * The Deno executable is made with a Deno whose node:tls verifies too late: over TLS it sends nothing. What it can be asked is
 * in clear text, and in the stages before TLS.
 */
export const withoutTls: (program: Program) => boolean = ({ name }) => name === "dist/cacheauth-deno";
export const withTls: readonly Program[] = programs.filter((program) => !withoutTls(program));

/** As whom and for what: a login of the example keys to a server of this machine. */
export const asMyUser: readonly string[] = ["--replication-group-id", "my-cache", "-r", "us-east-1", "-u", "my-user"];

interface Server {
  readonly port: number;
  readonly certified?: { readonly caFile: string } | null;
  readonly ca?: string;
  readonly caFile?: string;
}

/** What a Deno of 2.6 itself says when it first looks up a name; later ones do not. */
const denosOwn = /^\(node:\d+\) \[DEP0040\] DeprecationWarning: The `punycode` module [^\n]*\n/m;

/** Runs the program; what a runtime of the tests says of itself is left out of stderr. */
export async function runs(program: Program, args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const result = await run(program, args, options);
  return { ...result, stderr: withoutDenosOwn(program, result.stderr) };
}

export function withoutDenosOwn(program: Program, stderr: string): string {
  return withoutTls(program) ? stderr.replace(denosOwn, "") : stderr;
}

/** Runs `probe` of a server at localhost by IPv4, with its authority where it has one. */
export function probeOf(
  program: Program,
  server: Server,
  args: readonly string[] = [],
  { env, ...options }: RunOptions = {},
): Promise<Run> {
  const hasAuthority = server.certified || (server.ca !== undefined && server.ca !== "");
  const ca = hasAuthority && server.caFile !== undefined ? ["--ca", server.caFile] : [];
  const endpoint = `localhost:${server.port}`;
  return runs(program, ["probe", endpoint, "-4", ...ca, ...args], { env: { ...exampleKeys, ...env }, ...options });
}

/** The object of --json, held against its schema; no character in it that could do anything to a terminal. */
export function answerOf({ stdout, stderr }: Run) {
  assert.match(stdout, /^[^\n]*\n$/, stderr);
  assertHarmless(stdout);
  return probeOutput.parse(JSON.parse(stdout));
}

/** Neither an escape nor another control character but line endings, nor what is invisible or turns text round. */
export function assertHarmless(text: string): void {
  const bad = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.exec(text);
  assert.equal(bad, null, JSON.stringify(text));
}

/** No piece of a signature or secret that a server was sent, nor of the keys. */
export function assertNoSecret(told: string, received: readonly string[]): void {
  const signatures = received.flatMap((bytes) =>
    [...bytes.matchAll(/Signature=([0-9a-f]{64})/g)].map(([, found]) => found ?? ""),
  );
  for (const secret of [exampleKeys.AWS_SECRET_ACCESS_KEY, ...signatures])
    for (let start = 0; start + 8 <= secret.length; start += 1)
      assert.ok(!told.includes(secret.slice(start, start + 8)), `${secret.slice(start, start + 8)} in ${told}`);
}

/** The stage at which the waterfall ends; null where none failed. */
export function failedStage(stdout: string): string | null {
  return /^ {2}failed {3}(\w+)/m.exec(stdout)?.[1] ?? null;
}

/** The first finding that is told, with its severity. */
export function firstFinding(stdout: string): string | null {
  return /^(?:error|warning)\[[\w-]+\]/m.exec(stdout)?.[0] ?? null;
}
