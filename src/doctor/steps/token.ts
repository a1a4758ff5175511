import type { Finding } from "../../findings/finding.ts";
import { makeFinding } from "../../findings/make-finding.ts";
import { verify } from "../../lint/verify.ts";
import { tokenStep as probeToken } from "../../probe/steps/token.ts";
import { formatTime } from "../../token/time.ts";
import type { Outcome, PlannedStep } from "../../walk/step.ts";
import type { Examination } from "../examination.ts";
import type { DoctorPorts, DoctorRequest } from "../request.ts";

/** Makes the token, or reads the one that was handed in; then every rule, and its signature by the credentials at hand. */
export function tokenStep(request: DoctorRequest, examination: Examination, ports: DoctorPorts): PlannedStep {
  const { login } = request;
  return {
    name: "token",
    needs: login?.from === "credentials" ? ["credentials"] : [],
    run:
      login === null
        ? null
        : async (time) => {
            // What a token should be for is known without connecting.
            const probe = request.probeOf(request.endpoint ?? { host: "", port: 0 });
            const made = await (probeToken(probe, examination.progress, ports).run ?? nothing)(time);
            const detail = { from: login.from, accessKeyId: null, expiresAt: null, signature: "not-checked" };
            if (made.status === "failed" || examination.progress.token === null) return { ...made, detail };
            return judged(examination, request, ports, login.from);
          },
  };
}

const nothing = async (): Promise<Outcome> => ({ status: "unknown", detail: null, findings: [] });

async function judged(
  examination: Examination,
  { login }: DoctorRequest,
  { hash }: DoctorPorts,
  from: "credentials" | "token",
): Promise<Outcome> {
  const { progress, credentials } = examination;
  const linted = await progress.token?.linted();
  if (!linted || login === null) throw new TypeError("there is no token to judge");
  examination.linted = linted;
  const verified = credentials ? verify(linted, credentials, hash) : null;
  const { fields } = linted.subject;
  const findings = (verified ?? linted).findings.filter(({ severity }) => severity !== "info");
  const early = endsEarly(credentials?.expiration, fields.expiresAt, verified?.signature.status === "match");
  const all = early ? [...findings, early] : findings;
  const isWrong = all.some(({ severity }) => severity === "error");
  const accessKeyId = fields.credential?.accessKeyId ?? null;
  const detail = {
    from,
    // What stands in the place of a key id may be a secret.
    accessKeyId: accessKeyId !== null && /^[A-Z0-9]{16,32}$/.test(accessKeyId) ? accessKeyId : null,
    expiresAt: fields.expiresAt ? formatTime(fields.expiresAt) : null,
    signature: verified?.signature.status ?? "not-checked",
  };
  return { status: isWrong ? "failed" : all.length > 0 ? "warn" : "ok", detail, findings: all };
}

function endsEarly(credentialsEnd: Date | undefined, tokenEnds: Date | null, isOwn: boolean): Finding | null {
  if (!isOwn || !credentialsEnd || !tokenEnds || credentialsEnd >= tokenEnds) return null;
  return makeFinding("credentials-end-early", {
    likelihood: "certain",
    message: `The credentials end at ${formatTime(credentialsEnd)}, before the token does at ${formatTime(tokenEnds)}: it is refused from then on.`,
    fix: "Refresh the credentials some time before they end, and sign with the new ones.",
  });
}
