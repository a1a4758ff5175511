/** What the stages come to, in a sentence, and the findings that it stands on. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding, Likelihood } from "../../src/findings/finding.ts";
import type { FindingId } from "../../src/findings/ids.ts";
import { liveFinding } from "../../src/probe/finding.ts";
import type { NodeResult } from "../../src/probe/nodes.ts";
import type { Repeated } from "../../src/probe/repeat.ts";
import type { ProbeRequest } from "../../src/probe/request.ts";
import { type Probed, verdictOf } from "../../src/probe/verdict.ts";
import type { Step, StepStatus } from "../../src/walk/step.ts";
import { signs } from "./attempt.ts";

const said = (rule: FindingId, message = rule as string, likelihood: Likelihood = "certain"): Finding =>
  liveFinding(rule, message, "fix", likelihood);
const step = (name: string, status: StepStatus, more: Partial<Step> = {}): Step => ({
  name,
  status,
  startedAtMs: 0,
  durationMs: 0,
  detail: null,
  findings: [],
  ...more,
});
const loggedIn = step("auth", "ok", { detail: { resp: 3, whoami: "my-user" } });
const verdict = (stages: readonly Step[], more: Partial<Probed> = {}) =>
  verdictOf({
    request: { login: signs, repeat: 0 } as unknown as ProbeRequest,
    stages,
    nodes: null,
    repeated: null,
    isInterrupted: false,
    ...more,
  });
const noLogin = { request: { login: null, repeat: 0 } as unknown as ProbeRequest };
const rules = (findings: readonly Finding[]) => findings.map(({ rule }) => rule);

test("verdict: the first stage that failed, and its causes in their order", () => {
  const causes = [said("certificate-expired", "It is over."), said("certificate-untrusted")];
  const told = verdict([step("resolve", "ok"), step("tls", "failed", { findings: causes }), step("auth", "skipped")]);
  assert.deepEqual(told, { summary: "It ends at tls: It is over.", causes });
});

test("verdict: a refused login is told by its likeliest cause, where there is one", () => {
  const refused = (...causes: Finding[]) =>
    verdict([step("auth", "failed", { findings: [said("wrongpass"), ...causes] })]).summary;
  const why = "It ends at auth: WRONGPASS";
  assert.equal(refused(said("expired", "It is over.")), `${why}, because: It is over.`);
  const likely = said("resource-type-missing", "It is missing.", "likely");
  assert.equal(refused(likely), `${why}, most likely because: It is missing.`);
  const possible = said("policy-user-denied", "The policy may not.", "possible");
  const untold = `${why}, and the token does not show why.`;
  assert.equal(refused(possible, said("clock-skew")), `${untold} Most often it is this: The policy may not.`);
  // A warning is a cause only where there is no other.
  const warning = said("default-user-open", "It is open.", "likely");
  assert.equal(refused(warning), `${why}, most likely because: It is open.`);
  assert.equal(refused(warning, possible), `${untold} Most often it is this: The policy may not.`);
  assert.equal(refused(), untold);
});

test("verdict: a login that works says as whom; where that is not told it says so", () => {
  assert.equal(verdict([loggedIn]).summary, "The login works: the server knows this connection as my-user.");
  const untold = step("auth", "ok", { detail: { resp: 2, whoami: null } });
  assert.match(verdict([untold]).summary, /^The login as my-user was taken; ACL WHOAMI, .* was not answered\.$/);
});

test("verdict: what a server that took the token says counts, what lint says of it does not", () => {
  const stages = [
    step("token", "warn", { findings: [said("expired")] }),
    loggedIn,
    step("topology", "warn", { findings: [said("acl-blocks-start")] }),
  ];
  assert.deepEqual(rules(verdict(stages).causes), ["acl-blocks-start"]);
});

test("verdict: without a login, by what PING was answered", () => {
  const by = (reply: string) => verdict([step("ping", "ok", { detail: { reply } })], noLogin).summary;
  assert.equal(by("PONG"), "The way is open, and the server demands no login.");
  assert.match(by("NOAUTH Authentication required."), /up to the login, which the server demands/);
  assert.match(by("NOPERM no"), /without a login the server answers no PING/);
});

const node = (status: StepStatus, rule?: FindingId): NodeResult => ({
  endpoint: { host: "n", port: 1 },
  role: "primary",
  slots: null,
  status,
  connectMs: null,
  tlsMs: null,
  authMs: null,
  pingMs: null,
  findings: rule ? [said(rule), said("not-redis")] : [],
});

test("verdict: nodes that fail are counted, and each cause is told once", () => {
  const one = verdict([loggedIn], { nodes: [node("ok"), node("failed", "connect-refused"), node("skipped")] });
  assert.equal(one.summary, "The endpoint works, but 1 of its 3 nodes does not.");
  assert.deepEqual(rules(one.causes), ["connect-refused"]);
  const all = [node("failed", "wrongpass"), node("failed", "connect-timeout"), node("failed", "wrongpass")];
  const many = verdict([loggedIn], { nodes: all });
  assert.equal(many.summary, "The endpoint works, but 3 of its 3 nodes do not.");
  assert.deepEqual(rules(many.causes), ["wrongpass", "connect-timeout"]);
  assert.match(verdict([loggedIn], { nodes: [node("ok"), node("skipped")] }).summary, /^The login works/);
});

const repeated = (count: number, failure: Finding | null): Repeated => ({
  latencies: { count, connectMs: null, tlsMs: null, authMs: null, pingMs: null },
  failure,
});

test("verdict: why a repeat ended before its end", () => {
  const request = { login: signs, repeat: 9 } as unknown as ProbeRequest;
  const told = verdict([loggedIn], { request, repeated: repeated(4, said("iam-throttled")) });
  assert.equal(told.summary, "Of 9 connections more 4 worked, and the next did not.");
  assert.deepEqual(rules(told.causes), ["iam-throttled"]);
  assert.match(verdict([loggedIn], { request, repeated: repeated(9, null) }).summary, /^The login works/);
});

test("verdict: stopped, with what was found by then", () => {
  const stages = [step("resolve", "ok"), step("connect", "unknown"), step("tls", "skipped")];
  assert.equal(
    verdict(stages, { isInterrupted: true }).summary,
    "It was stopped during connect; nothing had failed by then.",
  );
  assert.equal(verdict([loggedIn], { isInterrupted: true }).summary, "It was stopped; nothing had failed by then.");
  const failed = verdict([loggedIn], { isInterrupted: true, nodes: [node("failed", "no-answer"), node("unknown")] });
  assert.equal(failed.summary, "The endpoint works, but 1 of its 2 nodes does not. Then it was stopped.");
  // What had failed before is the answer.
  const before = verdict([step("tls", "failed", { findings: [said("tls-version")] })], { isInterrupted: true });
  assert.equal(before.summary, "It ends at tls: tls-version");
});
