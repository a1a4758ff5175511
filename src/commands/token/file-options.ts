import { CacheauthError } from "../../errors.ts";
import type { Call } from "../command.ts";
import type { tokenFlags } from "./flags.ts";
import { type Format, readFormat } from "./format.ts";

export type TokenCall = Call<typeof tokenFlags>;

/** What the flags about a file say. */
export interface FileOptions {
  readonly file: string;
  readonly format: Format;
  readonly watch: boolean;
  readonly everyMs: number | null;
  readonly onRefresh: string | null;
  readonly statusFile: string | null;
}

export function fileOptions({ flags, at }: Pick<TokenCall, "flags" | "at">, expiresIn: number): FileOptions {
  const { output, watch, every } = flags;
  if (output === undefined) {
    const given = ["watch", "every", "on-refresh", "status-file"].find((name) => flags[name as "watch"]);
    throw new CacheauthError(
      "flag-conflict",
      `--${given ?? "output"} is about a file, and none is named.`,
      "Name it with --output FILE.",
    );
  }
  if (at !== undefined) {
    throw new CacheauthError(
      "flag-conflict",
      "--at signs as of another time, and a file is read now.",
      "Drop --at; without --output the token goes to stdout.",
    );
  }
  if (every !== undefined && !watch) {
    throw new CacheauthError("flag-conflict", "--every goes with --watch, which is not given.", "Add --watch.");
  }
  if (output === flags["status-file"]) {
    throw new CacheauthError("flag-conflict", "--output and --status-file name one file.", "Name two.");
  }
  return {
    file: output,
    format: readFormat(flags.format),
    watch,
    everyMs: every === undefined ? null : readEvery(every, expiresIn) * 1_000,
    onRefresh: flags["on-refresh"] ?? null,
    statusFile: flags["status-file"] ?? null,
  };
}

function readEvery(text: string, expiresIn: number): number {
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (seconds >= 1 && seconds < expiresIn) return seconds;
  throw new CacheauthError(
    "flag-value-invalid",
    seconds === 0
      ? "--every is not a whole number of seconds."
      : `--every ${seconds}: the token would be over before the next is made.`,
    `Give whole seconds, fewer than the ${expiresIn} that the token lives.`,
  );
}
