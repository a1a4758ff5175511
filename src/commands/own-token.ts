import type { FoundCredentials } from "../aws/environment-credentials.ts";
import type { Notice } from "../errors.ts";
import type { Runtime } from "../runtime.ts";
import type { Target } from "../target/kinds.ts";
import { createTokenAt, type Token } from "../token/create-token.ts";
import type { Call } from "./command.ts";
import {
  type CredentialFlagValues,
  credentialWords,
  describeCredentials,
  findCredentials,
} from "./credential-flags.ts";
import { type LoginCall, readTarget, readUser, targetOf } from "./login-target.ts";
import type { TargetFlagValues } from "./target-flags.ts";

/** A token that can be made, once or again and again: for whom and what is settled, only credentials are missing. */
export interface OwnToken {
  readonly target: Target;
  readonly user: string;
  readonly expiresIn: number;
  /** What is worth saying about the target. */
  readonly notices: readonly Notice[];
  /** Looks for the credentials, now; by another runtime where one is given. */
  findCredentials(runtime?: Runtime): Promise<FoundCredentials>;
  make(credentials: FoundCredentials, at: Date): Promise<Token>;
}

type OwnTokenCall = LoginCall &
  Pick<Call<never>, "words"> & {
    readonly flags: LoginCall["flags"] & TargetFlagValues & CredentialFlagValues;
  };

/** Reads the flags that say what the token is for and who signs it. Asks AWS nothing. */
export async function planToken(call: OwnTokenCall, expiresIn: number): Promise<OwnToken> {
  const { runtime, report, flags } = call;
  const draft = await readTarget(call);
  const user = readUser(call, draft);
  const { target, notices } = await targetOf(call, draft);
  const credentialsOf = credentialWords(flags, target.region, runtime);
  const allNotices = [...draft.notices, ...notices];
  return {
    target,
    user,
    expiresIn,
    notices: allNotices,
    findCredentials: (other = runtime) => findCredentials(credentialsOf, other, report),
    async make(credentials, at) {
      const all = [...allNotices, ...credentials.notices];
      const made = await createTokenAt({ target, user, credentials, at, expiresIn, notices: all }, runtime.hash);
      await report.verbose("credentials", describeCredentials(credentials));
      return made;
    },
  };
}
