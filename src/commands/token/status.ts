import * as z from "zod/mini";
import type { CacheauthError } from "../../errors.ts";
import type { Host } from "../../runtime.ts";
import type { Token } from "../../token/create-token.ts";
import { formatTime } from "../../token/time.ts";
import { time } from "../output-parts.ts";
import { writeTokenFile } from "../token-file.ts";

/** What `--status-file` holds: one line of JSON, for a liveness probe. No secret is in it. */
export const statusFile = z.strictObject({
  file: z.string(),
  processId: z.number(),
  lastSuccessAt: z.nullable(time),
  /** When the token in the file stops working. */
  expiresAt: z.nullable(time),
  nextRefreshAt: z.nullable(time),
  failuresSince: z.number(),
  /** The code of the last failure, where there was one since the last success. */
  error: z.nullable(z.string()),
});

type Status = z.infer<typeof statusFile>;

export interface StatusFile {
  succeeded(token: Token, nextAt: Date | null): Promise<void>;
  failed(error: CacheauthError, nextAt: Date): Promise<void>;
}

/** Begins the file, so that one that cannot be written is told now. Its methods reject where it cannot. */
export async function openStatusFile(path: string, file: string, host: Host): Promise<StatusFile> {
  let status: Status = {
    ...{ file, processId: host.processId, lastSuccessAt: null, expiresAt: null, nextRefreshAt: null },
    ...{ failuresSince: 0, error: null },
  };
  const write = async (changes: Partial<Status>) => {
    status = { ...status, ...changes };
    await writeTokenFile(path, `${JSON.stringify(status)}\n`, host);
  };
  await write({});
  return {
    succeeded: (token, nextAt) =>
      write({
        lastSuccessAt: formatTime(host.now()),
        expiresAt: token.expiresAt,
        nextRefreshAt: nextAt && formatTime(nextAt),
        failuresSince: 0,
        error: null,
      }),
    failed: ({ code }, nextAt) =>
      write({ nextRefreshAt: formatTime(nextAt), failuresSince: status.failuresSince + 1, error: code }),
  };
}
