import type { LookFailure } from "../aws/records/looked.ts";
import type { Finding } from "../findings/finding.ts";
import { makeFinding } from "../findings/make-finding.ts";
import type { Ended, Outcome } from "../walk/step.ts";

/** Nothing is concluded from what could not be looked at; why, and what would let it, is said. */
export function couldNotLook(message: string, fix: string): Finding {
  return makeFinding("could-not-look", { likelihood: "certain", message, fix });
}

export function ofFailure({ message, hint }: LookFailure): Finding {
  return couldNotLook(message, hint);
}

/** Of a look that did not come to its end. */
export function ofEnd(what: string, end: Exclude<Ended<unknown>["end"], "done">): Finding {
  return couldNotLook(
    end === "interrupted" ? `It was stopped before ${what} was there.` : `AWS did not tell ${what} in time.`,
    "See the network and HTTPS_PROXY, or give it more time with --timeout.",
  );
}

export function unknown(finding: Finding, detail: Outcome["detail"] = null): Outcome {
  return { status: "unknown", detail, findings: [finding] };
}

export const offline: Finding = couldNotLook("Nothing was asked of AWS: --offline.", "Leave --offline out.");
export const noCredentials: Finding = couldNotLook(
  "Nothing could be asked of AWS: there are no credentials that it takes.",
  "Give credentials that may read these records; cacheauth doctor --permissions prints what they need.",
);
export const targetUnknown: Finding = couldNotLook(
  "It is not known which cache this is: the endpoint does not tell.",
  "Name it: --replication-group-id, --serverless-cache-name or --memorydb-cluster, and --region.",
);
