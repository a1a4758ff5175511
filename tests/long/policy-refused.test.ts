/** What IAM takes for a policy, against the validator of moto (PyPI), whose messages are IAM's. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { refusedPolicies } from "../policy/refused.ts";
import { policyVectors } from "../vectors/policies.ts";
import { motoPython } from "./moto.ts";

const python = motoPython();

const witness = `
import json, sys
from moto.iam.policy_validation import IAMPolicyDocumentValidator
def answer(text):
    try:
        IAMPolicyDocumentValidator(text).validate()
    except Exception as error:
        return str(error)
json.dump([answer(json.dumps(policy)) for policy in json.load(sys.stdin)], sys.stdout)
`;

function asked(python: string, policies: readonly unknown[]): readonly (string | null)[] {
  return JSON.parse(execFileSync(python, ["-c", witness], { input: JSON.stringify(policies), encoding: "utf8" }));
}

/** New ones must have the newer version, which IAM does not ask of those that are in force. */
function renewed(policy: unknown): unknown {
  if (typeof policy !== "object" || policy === null || Array.isArray(policy)) return policy;
  const { Version = "2012-10-17" } = policy as { Version?: unknown };
  return { ...policy, Version: Version === "2008-10-17" ? "2012-10-17" : Version };
}

/** moto does not look at these. */
const lenient = /has a Principal|Sid has something other|arn:aws:\*:|the value of "a"/;

test("policy: moto takes every vector", { skip: python === null }, () => {
  if (python === null) return;
  const all = policyVectors.flatMap(({ policies }) => policies.map(renewed));
  assert.deepEqual([...new Set(asked(python, all))], [null]);
});

test("policy: what is refused moto refuses", { skip: python === null }, () => {
  if (python === null) return;
  const looked = refusedPolicies.filter(([, says]) => !lenient.test(says));
  const answers = asked(
    python,
    looked.map(([policy]) => renewed(policy)),
  );
  for (const [index, [, says]] of looked.entries()) assert.ok(answers[index], says);
  assert.ok(looked.length >= 25);
});
