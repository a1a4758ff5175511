/** AWS's records in three checks: the cache, the user with its groups, the policies of whoever signs. */
import type { Finding } from "../../findings/finding.ts";
import { judgeCache, judgePolicies, judgeUser } from "../../judge/judge-records.ts";
import type { World } from "../../judge/world.ts";
import { accountOf } from "../../token/access-key.ts";
import { type Ended, failed, type Outcome, ok, type PlannedStep, type StepTime } from "../../walk/step.ts";
import { couldNotLook, noCredentials, ofEnd, ofFailure, offline, targetUnknown, unknown } from "../could-not-look.ts";
import type { Examination } from "../examination.ts";
import type { LookUps } from "../look-ups.ts";
import type { DoctorRequest } from "../request.ts";
import { type LookedUp, worldOf } from "../world-of.ts";
import { cacheDetail, policyDetail, userDetail } from "./record-details.ts";

type Check = (lookUps: LookUps, time: StepTime) => Promise<Outcome>;

export function cacheStep(request: DoctorRequest, examination: Examination): PlannedStep {
  return step("cache", request, examination, async (lookUps, time) => {
    const ended = await time.within(() => Promise.all([lookUps.cache, lookUps.names]));
    const both = resultOf(ended);
    if (both === null)
      return unknown(ofEnd("the record of the cache", ended.end as Exclude<Ended<unknown>["end"], "done">));
    const [looked, names] = both;
    if (looked.failure) return unknown(ofFailure(looked.failure));
    const world = worldAt(request, examination, { ...nothing, cache: looked, names: names.found });
    return outcomeOf(judgeCache(world), looked.found ? cacheDetail(looked.found) : null);
  });
}

export function userStep(request: DoctorRequest, examination: Examination): PlannedStep {
  return step("user", request, examination, async (lookUps, time) => {
    const ended = await time.within(() => Promise.all([lookUps.users, lookUps.groups, lookUps.cache]));
    const all = resultOf(ended);
    if (all === null) {
      const groups = request.target?.kind === "memorydb-cluster" ? "ACLs" : "groups";
      return unknown(ofEnd(`the users and their ${groups}`, ended.end as Exclude<Ended<unknown>["end"], "done">));
    }
    const [users, groups, cache] = all;
    const failures = [users, groups].flatMap(({ failure }) => (failure ? [ofFailure(failure)] : []));
    const missing = failures.filter(
      ({ message }, index) => failures.findIndex((one) => one.message === message) === index,
    );
    if (failures.length === 2) return { status: "unknown", detail: null, findings: missing };
    // Of a cache that is not there nobody can tell which groups it should have.
    const isGone = cache.failure === null && cache.found === null;
    const looked = { ...nothing, cache, users: users.found, groups: isGone ? null : groups.found };
    const world = worldAt(request, examination, looked);
    const findings = [...judgeUser(request.user, world), ...missing];
    return outcomeOf(findings, userDetail(request.user, users.found, groups.found));
  });
}

export function policyStep(request: DoctorRequest, examination: Examination): PlannedStep {
  return step("policy", request, examination, async (lookUps, time) => {
    const { credentials, linted } = examination;
    const signer = linted?.subject.fields.credential?.accessKeyId;
    if (request.login?.from === "token" && signer !== undefined && signer !== credentials?.accessKeyId) {
      return unknown(signedByAnother);
    }
    const ended = await time.within(() => lookUps.policies);
    const look = resultOf(ended);
    if (look === null)
      return unknown(ofEnd("what the policies allow", ended.end as Exclude<Ended<unknown>["end"], "done">));
    if (look.why !== null) return unknown(look.why);
    const world = worldAt(request, examination, { ...nothing, simulated: look.simulated });
    return outcomeOf([...judgePolicies(request.user, world), ...look.unread], policyDetail(look.simulated));
  });
}

const nothing: LookedUp = { cache: null, names: null, users: null, groups: null, simulated: null };

const signedByAnother = couldNotLook(
  "The token was signed with another key than the credentials at hand: whose policies count for it is not known.",
  "Look with the credentials of the program that signs.",
);

function step(name: string, request: DoctorRequest, examination: Examination, check: Check): PlannedStep {
  return {
    name,
    needs: [],
    run: async (time) => {
      if (request.recordsOf === null) return unknown(offline);
      if (request.target === null) return unknown(targetUnknown);
      const { lookUps } = examination;
      return lookUps === null ? unknown(noCredentials) : check(lookUps, time);
    },
  };
}

/** What a look-up rejects with is a defect, and goes on. */
function resultOf<T>(ended: Ended<T>): T | null {
  if (ended.end === "failed") throw ended.error;
  return ended.end === "done" ? ended.value : null;
}

function worldAt(
  { target, user, endpoint }: DoctorRequest,
  { identity, credentials }: Examination,
  looked: LookedUp,
): World {
  if (target === null) throw new TypeError("there is no target to judge");
  const account = identity?.account ?? (credentials ? accountOf(credentials.accessKeyId) : null);
  return worldOf(target, user, endpoint, account, looked);
}

function outcomeOf(findings: readonly Finding[], detail: Outcome["detail"]): Outcome {
  if (findings.some(({ severity }) => severity === "error")) return failed(findings, detail);
  const isUnknown = findings.some(({ rule }) => rule === "could-not-look");
  return isUnknown ? { status: "unknown", detail, findings } : ok(detail, findings);
}
