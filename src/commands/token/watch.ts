import type { Failure } from "../../client/keep-fresh.ts";
import { CacheauthError, type ErrorCode, type Notice } from "../../errors.ts";
import { asCacheauthError } from "../../terminal/report.ts";
import type { Token } from "../../token/create-token.ts";
import { formatTime } from "../../token/time.ts";
import { freshToken } from "../fresh-token.ts";
import type { OwnToken } from "../own-token.ts";
import { fileFault, writeTokenFile } from "../token-file.ts";
import { type Stopping, untilStopped } from "../until-stopped.ts";
import { waitAtMost } from "../wait-at-most.ts";
import { whileLocked } from "../while-locked.ts";
import type { FileOptions, TokenCall } from "./file-options.ts";
import { onRefresh } from "./on-refresh.ts";
import { openStatusFile } from "./status.ts";
import { hookFailed, inFile } from "./token-in-file.ts";

/** What may be over in a moment; anything else is told at once while there is no token yet. */
const passing: readonly ErrorCode[] = ["metadata-unreachable", "aws-unreachable", "aws-failed"];
/** How long a command that is running, and lines that nobody reads, are waited for at the end. */
const lastMs = 1_000;

/** Keeps the file fresh until it is told to stop; then it stays as it is. One process a file. */
export async function watchToken(call: TokenCall, own: OwnToken, options: FileOptions): Promise<number> {
  const { host } = call.runtime;
  await untilStopped(host, (stopping) => {
    const lock = host.lock(`${options.file}.lock`).catch((error) => {
      throw fileFault(options.file, error);
    });
    return whileLocked(lock, async () => {
      await removeUnfinished(options, host);
      await keepFresh(stopping, call, own, options);
    });
  });
  return 0;
}

async function keepFresh(
  { stopped, fail }: Stopping,
  { runtime, report, flags }: TokenCall,
  own: OwnToken,
  { file, format, everyMs, onRefresh: command, statusFile }: FileOptions,
): Promise<void> {
  const { host } = runtime;
  const status = statusFile === null ? null : await openStatusFile(statusFile, file, host);
  const log = createLog();
  /** What there is to say that no line has said yet; under --json it stands in the next one. */
  let pending: Notice[] = [];
  const said = new Set<string>();
  const notice = (one: Notice) => {
    pending.push(one);
    log.add(() => report.logNotice(one));
  };
  const hook = command === null ? null : onRefresh(command, file, host, (what) => notice(hookFailed(what)));
  const writeStatus = (write: Promise<void> | undefined) =>
    write?.catch((error) => notice({ code: asCacheauthError(error).code, message: asCacheauthError(error).message }));
  let isFirst = true;
  const fresh = freshToken({
    ...{ own, runtime, everyMs, hasMfaCode: flags["mfa-code"] !== undefined },
    write: (token) => writeTokenFile(file, format.file(token), host),
    refreshed(token, nextAt) {
      isFirst = false;
      for (const one of token.notices) if (!said.has(one.message)) log.add(() => report.logNotice(one));
      for (const { message } of token.notices) said.add(message);
      const line = { ...inFile(token, file), notices: [...token.notices, ...pending] };
      pending = [];
      log.add(() => report.log(line, (clean) => refreshText(clean, host.now(), nextAt), "stderr"));
      log.add(async () => writeStatus(status?.succeeded(token, nextAt)));
      hook?.run();
    },
    failed(failure) {
      const error = asCacheauthError(failure.error);
      if (isFirst && (failure.isLast || !passing.includes(error.code))) return fail(error);
      log.add(async () => writeStatus(status?.failed(error, failure.nextAt)));
      log.add(() =>
        failure.isLast ? report.error(withNext(error, failure)) : report.verbose("retry", retryText(error, failure)),
      );
    },
  });
  fresh.changed();
  try {
    await stopped;
  } finally {
    fresh.stop();
    await waitAtMost(host, lastMs, Promise.all([hook?.ended(), log.written()]));
  }
}

function refreshText({ file, user, expiresAt }: Token, now: Date, nextAt: Date): string {
  return `${formatTime(now)} ${file}: a token for ${user}, good until ${expiresAt}; the next at ${formatTime(nextAt)}\n`;
}

function withNext({ code, message, hint }: CacheauthError, { tries, nextAt }: Failure): CacheauthError {
  return new CacheauthError(
    code,
    `${message} (${tries} tries; the file keeps what it has; the next at ${formatTime(nextAt)})`,
    hint,
  );
}

function retryText({ message }: CacheauthError, { tries, nextAt }: Failure): string {
  return `Try ${tries} failed, the next at ${formatTime(nextAt)}: ${message}`;
}

/** Lines in their order, whoever is faster. */
function createLog() {
  let last: Promise<unknown> = Promise.resolve();
  return {
    add(write: () => Promise<unknown>) {
      last = last.then(write).catch(() => {});
    },
    written: () => last,
  };
}

/** What a writer that was killed has left beside the file. That it cannot be removed is no reason to stop. */
async function removeUnfinished({ file }: FileOptions, host: TokenCall["runtime"]["host"]): Promise<void> {
  const folder = /^(.*)[/\\][^/\\]*$/s.exec(file)?.[1];
  await host.removeUnfinished(folder === undefined ? "." : folder || "/").catch(() => {});
}
