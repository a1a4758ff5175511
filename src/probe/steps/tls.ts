import { CacheauthError } from "../../errors.ts";
import type { Peer } from "../../runtime.ts";
import { formatTime } from "../../token/time.ts";
import { failed, ok, type PlannedStep, type Step } from "../../walk/step.ts";
import { notAmazon } from "../diagnose/certificate.ts";
import { explainTls } from "../diagnose/tls.ts";
import type { Progress } from "../progress.ts";
import type { ProbePorts, ProbeRequest } from "../request.ts";

/** The TLS handshake, and who the certificate says is there. */
export function tlsStep(request: ProbeRequest, progress: Progress, ports: ProbePorts): PlannedStep {
  const { tls, now } = request;
  return {
    name: "tls",
    needs: ["connect"],
    run:
      tls === null
        ? null
        : async (time) => {
            const { connection } = progress;
            if (!connection) throw new TypeError("the step before gave no connection");
            const options = { name: tls.name, ca: tls.ca?.pem ?? null, verify: tls.verify };
            const ended = await time.within((signal) => ports.net.secure(connection, { ...options, signal }));
            if (ended.end === "failed" && ended.error instanceof CacheauthError) throw ended.error;
            if (ended.end !== "done") {
              const { findings, peer } = await explainTls(request, progress, ports, time, ended);
              return failed(findings, peer ? peerDetail(peer, now) : null);
            }
            progress.connection = ended.value.connection;
            progress.peer = ended.value.peer;
            const { peer } = ended.value;
            const detail = peerDetail(peer, now);
            // Only --insecure comes here with what does not verify.
            if (!peer.authorized) return { ...ok(detail), status: "warn" };
            const warning = notAmazon(request, peer);
            return ok(detail, warning ? [warning] : []);
          },
  };
}

function peerDetail({ protocol, cipher, certificate, authorized, authorizationCode }: Peer, now: Date): Step["detail"] {
  return {
    protocol,
    cipher,
    certificate: certificate && {
      subject: certificate.subject,
      names: certificate.names,
      issuer: certificate.issuer,
      validFrom: formatTime(certificate.validFrom),
      validTo: formatTime(certificate.validTo),
      daysLeft: Math.floor((certificate.validTo.getTime() - now.getTime()) / 86_400_000),
      nameMatches: certificate.nameMatches,
      authorized,
      authorizationCode,
    },
  };
}
