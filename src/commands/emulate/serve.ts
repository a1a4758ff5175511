import { certificateNames, reachableHost } from "../../emulate/certificate-names.ts";
import { createCertificates } from "../../emulate/certificates/create-certificates.ts";
import type { RunningNotice } from "../../emulate/decision.ts";
import { type EmulatorEvents, startEmulator } from "../../emulate/emulator.ts";
import type { EmulatorPorts } from "../../emulate/serving.ts";
import type { Report } from "../../terminal/report.ts";
import { formatTime } from "../../token/time.ts";
import { flagNaming } from "../flag-naming.ts";
import { waitAtMost } from "../wait-at-most.ts";
import { writeCertificateFiles } from "./certificate-files.ts";
import { createLog, type Log } from "./log.ts";
import type { EmulateCall, EndpointOptions } from "./options.ts";
import { decisionText, type Listening, listeningText, reachNotices } from "./text.ts";
import type { ChosenWorld } from "./world.ts";

/** How many lines wait for whoever reads them. */
const mostLines = 10_000;
/** How long the last of them are waited for. */
const lastLinesMs = 500;

/** Serves until it is told to stop. Whatever ends it, nothing that it made for itself is left. */
export async function serve(
  options: EndpointOptions,
  chosen: ChosenWorld,
  ports: EmulatorPorts,
  { runtime, report }: EmulateCall,
  stopped: Promise<void>,
): Promise<void> {
  const { host, hash } = runtime;
  const names = certificateNames(options.listen.host, options.names);
  const certificates = options.isTls ? await createCertificates({ ...ports, names, now: ports.now() }) : null;
  const files = certificates && (await writeCertificateFiles(certificates, options.tlsDir, host));
  const caFile = files?.caFile ?? null;
  const log = createLog(mostLines, (count) => {
    const message = `${count} lines were left out: nobody read them in time.`;
    const leftOut: RunningNotice = { time: formatTime(ports.now()), connection: null, code: "left-out", message };
    return report.logNotice(leftOut);
  });
  // What is told first comes first, whoever is faster.
  const { promise: told, resolve: isTold } = Promise.withResolvers<void>();
  log.add(() => told);
  try {
    const { listen, cluster, upstream, faults, lifetimeMs } = options;
    const tls = certificates && { ...certificates, names };
    const emulator = await startEmulator(
      { ...{ listen, tls, caFile, cluster, upstream, faults, lifetimeMs }, world: chosen.world, naming: flagNaming },
      ports,
      hash,
      eventsOf(report, log),
    );
    try {
      const listening = listeningOf(options, chosen, emulator.ports, caFile);
      await report.tell({ ...listening, pid: host.processId }, (told, paper) =>
        listeningText(told, paper, options.shell),
      );
      isTold();
      await stopped;
    } finally {
      await emulator.close();
    }
    await waitAtMost(host, lastLinesMs, log.written());
  } finally {
    await files?.remove();
  }
}

function eventsOf(report: Report, log: Log): EmulatorEvents {
  return {
    decided: (decision) => log.add(() => report.log(decision, decisionText)),
    notice: (notice) => log.add(() => report.logNotice(notice)),
  };
}

function listeningOf(
  { listen, cluster, upstream, fault, isTls }: EndpointOptions,
  { target, user, key, source, areThrowaway, account, notices }: ChosenWorld,
  listening: readonly number[],
  caFile: string | null,
): Omit<Listening, "pid"> {
  const nodes = listening.map((port) => ({ host: reachableHost(listen.host), port }));
  const [endpoint = { host: listen.host, port: listen.port }] = nodes;
  const secrets = areThrowaway ? key : { secretAccessKey: null, sessionToken: null };
  return {
    ...{ endpoint, nodes: cluster === null ? null : nodes, upstream, fault, user, target, account, caFile },
    credentials: {
      source,
      accessKeyId: key.accessKeyId,
      secretAccessKey: secrets.secretAccessKey,
      sessionToken: secrets.sessionToken,
    },
    notices: [...notices, ...reachNotices(listen.host, isTls)],
  };
}
