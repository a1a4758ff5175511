/** Every fault of tests/probe/faults.ts by the executables: what is printed, the stage, the exit code. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { findingIds } from "../../src/findings/ids.ts";
import { type Fault, faults } from "../probe/faults.ts";
import { type Hostile, type HostileName, withHostile } from "../real/hostile.ts";
import {
  answerOf,
  asMyUser,
  assertHarmless,
  assertNoSecret,
  failedStage,
  firstFinding,
  probeOf,
  withoutTls,
  withTls,
} from "./probing.ts";
import { type Program, programs } from "./program.ts";

/** Those that end before TLS are for all; over TLS the Deno executable sends nothing. */
const beforeTls: readonly HostileName[] = ["refuses", "never-connects"];
const programsFor = ({ server }: Fault) => (beforeTls.includes(server) ? programs : withTls);

/** Silence is waited for, as short as a busy machine allows; a flood of megabytes takes such a machine long to read. */
const timeoutOf = ({ silentAfter }: Fault) => ["--timeout", silentAfter === undefined ? "30" : "3"];

const severityOf = (rule: keyof typeof findingIds) => findingIds[rule][0];

async function told(program: Program, fault: Fault, server: Hostile): Promise<string> {
  const { code, stdout, stderr } = await probeOf(program, server, [...asMyUser, ...timeoutOf(fault)]);
  const where = `${program.name}: ${stdout}${stderr}`;
  const [cause] = fault.causes;
  const stage = failedStage(stdout);
  assert.equal(code, stage !== null && stage === fault.orStage ? 4 : fault.exit, where);
  assert.ok([fault.stage, fault.orStage].includes(stage as string), where);
  assert.equal(firstFinding(stdout), cause ? `${severityOf(cause)}[${cause}]` : null, where);
  assert.equal(stderr, "", where);
  assert.doesNotMatch(stdout, /undefined|NaN|\[object/, where);
  assertHarmless(stdout);
  for (const line of stdout.split("\n")) assert.ok(line.length <= 80 || /^ {4}( {3})?(aws|date|\S+$)/.test(line), line);
  return stdout;
}

async function toldAsJson(program: Program, fault: Fault, server: Hostile): Promise<string> {
  const result = await probeOf(program, server, [...asMyUser, ...timeoutOf(fault), "--json"]);
  const answer = answerOf(result);
  const stage = answer.stages.find(({ status }) => status === "failed")?.name ?? null;
  assert.ok([fault.stage, fault.orStage].includes(stage as string), result.stdout);
  assert.equal(answer.ok, fault.stage === null);
  assert.deepEqual([answer.endpoint, answer.user], [{ host: "localhost", port: server.port }, "my-user"]);
  const { causes, summary } = answer.verdict;
  assert.deepEqual(
    causes.slice(0, Math.max(1, fault.causes.length)).map(({ rule }) => rule),
    fault.causes,
  );
  assert.match(causes[0]?.message ?? summary, fault.says);
  return result.stdout;
}

/** A third of them, and those with terminal escapes in replies and certificates. */
const asJson = faults.filter(({ server }, index) => index % 3 === 0 || server.startsWith("escapes"));

async function holds(fault: Fault): Promise<void> {
  await withHostile(fault.server, async (server) => {
    const texts = programsFor(fault).map((program) => told(program, fault, server));
    const [program] = withTls;
    const json = program && asJson.includes(fault) ? [toldAsJson(program, fault, server)] : [];
    const all = await Promise.all([...texts, ...json]);
    const received = await server.received();
    for (const text of all) assertNoSecret(text, received);
  });
}

const [silent, quick] = [faults.filter((fault) => fault.silentAfter), faults.filter((fault) => !fault.silentAfter)];

for (const fault of quick)
  test(`probe of ${fault.server}: ${fault.stage ?? "works"}, exit ${fault.exit}`, () => holds(fault));

// They wait for most of their time.
test(`probe of those that fall silent: ${silent.map(({ server }) => server).join(", ")}`, async () => {
  const waiting = [...silent];
  const worker = async () => {
    for (let fault = waiting.shift(); fault; fault = waiting.shift()) await holds(fault);
  };
  await Promise.all([worker(), worker(), worker()]);
});

/** In clear text on this machine, where a token may go: by every executable. */
const inClearText: readonly (readonly [HostileName, exit: number, stage: string | null, first: string | null])[] = [
  ["plaintext", 0, null, null],
  ["plaintext-open", 0, null, null],
  ["plaintext-loading", 1, "ping", "error[server-loading]"],
  ["protected-mode", 5, "auth", "error[protected-mode]"],
  ["max-clients", 5, "auth", "error[max-clients]"],
  ["closes-at-once", 5, "auth", "error[closed-early]"],
  ["closes-on-bytes", 5, "auth", "error[closed-early]"],
  ["half-closed", 5, "auth", "error[closed-early]"],
  ["smtp", 5, "auth", "error[not-redis]"],
  ["ssh", 5, "auth", "error[not-redis]"],
  ["http", 5, "auth", "error[not-redis]"],
  ["memcached", 5, "auth", "error[not-redis]"],
];

for (const [name, exit, stage, first] of inClearText) {
  test(`probe --no-tls of ${name}: ${stage ?? "works"}, exit ${exit}`, () =>
    withHostile(name, async (server) => {
      const each = programs.map(async (program) => {
        const { code, stdout, stderr } = await probeOf(program, server, [...asMyUser, "--no-tls"]);
        const where = `${program.name}: ${stdout}${stderr}`;
        assert.deepEqual([code, failedStage(stdout), firstFinding(stdout), stderr], [exit, stage, first, ""], where);
        assertHarmless(stdout);
        return stdout;
      });
      const texts = await Promise.all(each);
      const received = await server.received();
      for (const text of texts) assertNoSecret(text, received);
    }));
}

test("probe --no-tls of a server with TLS: that is seen, and nothing is sent over what is not verified", () =>
  withHostile("good", async (server) => {
    for (const program of withTls) {
      const { code, stdout } = await probeOf(program, { port: server.port }, [...asMyUser, "--no-tls"]);
      assert.deepEqual([code, firstFinding(stdout)], [5, "error[tls-required]"], stdout);
    }
    for (const bytes of await server.received()) assert.equal(bytes, "");
  }));

for (const program of programs.filter(withoutTls)) {
  test(`${program.name}: over TLS it sends nothing, and says so`, () =>
    withHostile("good", async (server) => {
      const { code, stdout, stderr } = await probeOf(program, server, asMyUser);
      assert.deepEqual([code, stdout], [4, ""]);
      assert.match(stderr, /^error: The Deno that this runs on does not wait for TLS[^\n]*\nfix: [^\n]*\n$/);
      const json = await probeOf(program, server, [...asMyUser, "--json"]);
      assert.deepEqual([json.code, json.stdout, JSON.parse(json.stderr).error.code], [4, "", "runtime-unfit"]);
      for (const bytes of await server.received()) assert.equal(bytes, "");
    }));
}
