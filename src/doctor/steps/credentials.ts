import { CacheauthError } from "../../errors.ts";
import type { Finding } from "../../findings/finding.ts";
import { makeFinding } from "../../findings/make-finding.ts";
import type { FoundCredentials } from "../../probe/request.ts";
import { credentialFinding } from "../../probe/steps/credentials.ts";
import { formatTime } from "../../token/time.ts";
import { failed, type Outcome, ok, type PlannedStep, type StepTime } from "../../walk/step.ts";
import { noCredentials, ofEnd, ofFailure, unknown } from "../could-not-look.ts";
import type { Examination } from "../examination.ts";
import { beginLookUps } from "../look-ups.ts";
import type { DoctorRequest } from "../request.ts";

/** Finds the credentials, asks STS whose they are, and begins all other look-ups with them. */
export function credentialsStep(request: DoctorRequest, examination: Examination): PlannedStep {
  return {
    name: "credentials",
    needs: [],
    ownLimitMs: request.credentialsLimitMs,
    // Nobody signs, and nothing is asked.
    run:
      request.login === null && request.recordsOf === null
        ? null
        : async (time) => {
            const ended = await time.within(() => request.findCredentials());
            if (ended.end === "failed") return failed([credentialFinding(ended.error)]);
            if (ended.end !== "done") return failed([silent(request.credentialsLimitMs)]);
            if (ended.value === null) return unknown(noCredentials);
            examination.credentials = ended.value;
            examination.progress.credentials = ended.value;
            return identify(ended.value, request, examination, time);
          },
  };
}

/** What AWS has for a look-up: within two tries of four seconds. */
const mostForIdentityMs = 8_500;

async function identify(
  credentials: FoundCredentials,
  request: DoctorRequest,
  examination: Examination,
  time: StepTime,
): Promise<Outcome> {
  const { source, accessKeyId, expiration } = credentials;
  const detail = {
    source,
    accessKeyId,
    account: null,
    arn: null,
    expiresAt: expiration ? formatTime(expiration) : null,
  };
  if (request.recordsOf === null) return ok(detail);
  const records = request.recordsOf(credentials);
  examination.records = records;
  const looked = records.identity();
  if (request.target) {
    examination.lookUps = beginLookUps(records, looked, request.target, request.user);
  }
  const ended = await time.within(() => looked, mostForIdentityMs);
  if (ended.end === "failed") throw ended.error;
  if (ended.end !== "done") return { ...unknown(ofEnd("whose credentials they are", ended.end), detail) };
  const { found, failure } = ended.value;
  if (failure === null) {
    examination.identity = found;
    return ok({ ...detail, account: found.account, arn: found.arn });
  }
  if (failure.kind !== "refused") return unknown(ofFailure(failure), detail);
  examination.lookUps = null;
  return failed([refused(failure)], detail);
}

function refused({ message, hint }: { readonly message: string; readonly hint: string }): Finding {
  const isExpired = /expired/i.test(message);
  return makeFinding(isExpired ? "credentials-expired" : "credentials-refused", { message, fix: hint });
}

function silent(limitMs: number): Finding {
  const error = new CacheauthError(
    "credentials-missing",
    `No credentials came in ${limitMs / 1_000} s: a command or service that gives them does not answer.`,
    "See what this waits for, in the same surroundings: `aws sts get-caller-identity`.",
  );
  return credentialFinding(error);
}
