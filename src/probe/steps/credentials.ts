import { CacheauthError } from "../../errors.ts";
import type { FindingId } from "../../findings/ids.ts";
import { failed, ok, type PlannedStep } from "../../walk/step.ts";
import { liveFinding } from "../finding.ts";
import type { Progress } from "../progress.ts";
import type { ProbeRequest } from "../request.ts";

/** Finds what a token is signed with. A person may have to type an MFA code for it, or to sign in in a browser. */
export function credentialsStep({ login }: ProbeRequest, progress: Progress): PlannedStep {
  return {
    name: "credentials",
    needs: [],
    ownLimitMs: 120_000,
    run:
      login?.from !== "credentials"
        ? null
        : async (time) => {
            const ended = await time.within(() => login.find());
            if (ended.end === "done") {
              const { source, accessKeyId } = ended.value;
              progress.credentials = ended.value;
              return ok({ source, accessKeyId });
            }
            if (ended.end === "failed") return failed([credentialFinding(ended.error)]);
            return failed([
              liveFinding(
                "credentials-missing",
                "No credentials came within two minutes: a command or service that gives them does not answer.",
                "See what this waits for, in the same surroundings: `aws sts get-caller-identity`",
                "likely",
              ),
            ]);
          },
  };
}

/** An error of finding credentials, as a finding; anything else is a defect and goes on. */
export function credentialFinding(error: unknown) {
  if (!(error instanceof CacheauthError) || error.exitCode !== 3) throw error;
  const rule: FindingId = error.code === "credentials-expired" ? "credentials-expired" : "credentials-missing";
  return liveFinding(rule, error.message, error.hint);
}
