import { hideKeys } from "../../aws/hide-keys.ts";
import { CacheauthError, shown } from "../../errors.ts";
import { keepInStep } from "../../session/keep-in-step.ts";
import { type Places, sessionPlaces } from "../../session/places.ts";
import { bringInStep } from "../../session/session-files.ts";
import { answer, type RunnerFacts } from "../../session/talk.ts";
import { folderFault } from "../../session/unwritable.ts";
import { formatTime } from "../../token/time.ts";
import { type Call, defineCommand, type Flags } from "../command.ts";
import { type Stopping, untilStopped } from "../until-stopped.ts";
import { whileLocked } from "../while-locked.ts";
import { ownFilesHost, readAwsFiles } from "./aws-files.ts";
import { detach } from "./detach.ts";
import { refuseAt } from "./profile-argument.ts";
import { eventLine, eventText, runningText } from "./run-text.ts";
import { watchedFolders } from "./watched-folders.ts";

const flags = {
  detach: { takes: "switch", about: "go on in the background; returns when the shadow file is in step" },
} as const satisfies Flags;

export type RunCall = Call<typeof flags>;

export const run = defineCommand({
  name: "session run",
  summary: "the shadow file, a copy of your credentials file with the sessions' keys in it, kept in step",
  words: [],
  flags,
  refuses: ["at"],
  exits: [0, 2, 3, 4, 70],
  examples: [
    ["until Ctrl-C", "cacheauth session run"],
    ["in the background, until cacheauth session terminate", "cacheauth session run --detach"],
  ],
  async run(call) {
    refuseAt(call.at);
    refuseOnWindows(call);
    const places = sessionPlaces(call.runtime.host);
    if (call.flags.detach) return detach(call, places);
    await untilStopped(call.runtime.host, (stopping) =>
      whileLocked(lockRunner(call, places), () => serve(call, places, stopping)),
    );
    return 0;
  },
});

/** Elsewhere the socket's mode keeps other users from telling the runner what to do; a named pipe of Windows has none. */
function refuseOnWindows({ runtime: { host } }: RunCall): void {
  if (host.platform !== "win32") return;
  throw new CacheauthError(
    "runner-unsupported",
    "session run is not for Windows: what it listens on there could be spoken to by every user of the machine.",
    "Use `cacheauth session gen` when a session has ended, or run cacheauth in WSL.",
  );
}

/** Nobody else runs from here on. */
async function lockRunner(
  { runtime: { host } }: RunCall,
  { runFolder, runnerLock }: Places,
): Promise<() => Promise<void>> {
  await host.makeOwnFolder(runFolder, true).catch((error) => {
    throw folderFault(runFolder, error);
  });
  return host.lock(runnerLock).catch((error) => {
    const { code, processId } = error as { code?: string; processId?: number | null };
    throw code === "ELOCKED" ? running(processId ?? null) : folderFault(runnerLock, error);
  });
}

export function running(processId: number | null): CacheauthError {
  return new CacheauthError(
    "runner-running",
    `A runner runs already${processId === null ? "" : `: process ${processId}`}.`,
    "One is enough. cacheauth session ping tells what it keeps, cacheauth session terminate ends it.",
  );
}

async function serve({ runtime, report }: RunCall, places: Places, { stopped, stop, fail }: Stopping): Promise<void> {
  const host = await ownFilesHost(runtime.host);
  const read = () => readAwsFiles(host);
  const { configPath, credentialsPath } = await read();
  const inStep = await bringInStep(host, places, read);
  hideKeys(inStep.sessions, report);
  const facts: RunnerFacts = {
    ...{ pid: host.processId, startedAt: formatTime(host.now()) },
    ...{ file: places.shadow, madeOf: credentialsPath },
  };
  const net = await runtime.net();
  const listener = await net
    .listenLocal(places.socket, async (connection) => {
      if ((await answer(connection, facts, host)) === "terminate") stop();
    })
    .catch((error) => {
      throw listenFailed(places.socket, error);
    });
  // What is told first comes first.
  const { promise: told, resolve: isTold } = Promise.withResolvers<void>();
  const endKeeping = keepInStep(
    {
      ...{ host, places, readAwsFiles: read, fail },
      watched: watchedFolders([configPath, credentialsPath, places.settings]),
      tell: (event) => void told.then(() => report.log(eventLine(event, host.now()), eventText)),
    },
    inStep,
  );
  try {
    const log = runtime.host.env[logVariable] ?? null;
    await report.tell({ ...facts, log, notices: [] }, runningText);
    isTold();
    await stopped;
    await endKeeping();
    await report.log({ time: formatTime(host.now()), event: "stopped", profiles: null, error: null }, eventText);
  } finally {
    await endKeeping();
    await listener.close();
  }
}

/** Tells a detached runner where its lines go, for it to say. */
export const logVariable = "CACHEAUTH_SESSION_LOG";

function listenFailed(socket: string, error: unknown): CacheauthError {
  const { code = "unknown error" } = error as { code?: string };
  return new CacheauthError(
    "listen-failed",
    code === "ENAMETOOLONG"
      ? `The path of the runner's socket, ${shown(socket)}, is longer than a socket's may be.`
      : `The runner cannot listen on ${shown(socket)}: ${code}.`,
    "Set CACHEAUTH_HOME to a folder of yours with a short path.",
  );
}
