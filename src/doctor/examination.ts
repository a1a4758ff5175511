import type { CallerIdentity } from "../aws/caller-identity.ts";
import type { AwsRecords } from "../aws/records/aws-records.ts";
import type { Finding } from "../findings/finding.ts";
import type { LintResult } from "../lint/lint.ts";
import { noProgress, type Progress } from "../probe/progress.ts";
import type { FoundCredentials, ProbeRequest } from "../probe/request.ts";
import type { Step } from "../walk/step.ts";
import type { LookUps } from "./look-ups.ts";

/** What the checks learn and hand on; each writes what is its own, once. */
export interface Examination {
  /** Of the probe's stages. */
  readonly progress: Progress;
  /** Null until the endpoint is known. */
  probe: ProbeRequest | null;
  credentials: FoundCredentials | null;
  identity: CallerIdentity | null;
  records: AwsRecords | null;
  lookUps: LookUps | null;
  /** Of the token that is sent. */
  linted: LintResult | null;
  /** Why nothing may be sent from here over TLS; null where it may, or was not tried. */
  unfit: Finding | null;
  /** The probe's stages, as far as they were walked. */
  stages: readonly Step[];
}

export function nothingExamined(): Examination {
  return {
    progress: noProgress(),
    probe: null,
    credentials: null,
    identity: null,
    records: null,
    lookUps: null,
    linted: null,
    unfit: null,
    stages: [],
  };
}
