import type { AwsRecords } from "../aws/records/aws-records.ts";
import type { FoundCredentials, Login, ProbePorts, ProbeRequest } from "../probe/request.ts";
import type { Target } from "../target/kinds.ts";

/** What is to be examined. */
export interface DoctorRequest {
  /** Null where it is not known which cache it is: then its records cannot be looked up. */
  readonly target: Target | null;
  readonly user: string;
  /** Null where only a name was given: then AWS's record of the cache says it. */
  readonly endpoint: ProbeRequest["endpoint"] | null;
  /** Null: nobody logs in, and only the way and the records are looked at. */
  readonly login: Login | null;
  /** The probe of an endpoint. */
  probeOf(endpoint: ProbeRequest["endpoint"]): ProbeRequest;
  /** How long credentials may take, in milliseconds: a person at a terminal may be asked for a code, or sign in in a browser. */
  readonly credentialsLimitMs: number;
  /** Whose records are asked; null where there are none. Rejects with CacheauthError of exit code 3. */
  findCredentials(): Promise<FoundCredentials | null>;
  /** Null asks AWS nothing. */
  readonly recordsOf: ((credentials: FoundCredentials) => AwsRecords) | null;
}

export type DoctorPorts = ProbePorts & { readonly clock: ProbePorts["clock"] };
