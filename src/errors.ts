/**
 * The one error class of cacheauth. Every failure that a person can meet has a stable `code`, one line of cause
 * (`message`), one line of remedy (`hint`) and an exit code. Codes are permanent: programs match on them.
 */

const exitCodeOf = {
  // 2: the command line, or the arguments of a library call
  "command-unknown": 2,
  "flag-unknown": 2,
  "flag-value-missing": 2,
  "flag-value-invalid": 2,
  "flag-conflict": 2,
  "argument-missing": 2,
  "argument-unexpected": 2,
  "argument-invalid": 2,
  "target-missing": 2,
  "target-conflict": 2,
  "target-invalid": 2,
  "endpoint-malformed": 2,
  "endpoint-is-a-name": 2,
  "endpoint-not-a-cache": 2,
  "endpoint-unknown": 2,
  "port-invalid": 2,
  "name-missing": 2,
  "name-invalid": 2,
  "user-missing": 2,
  "user-invalid": 2,
  "region-missing": 2,
  "region-invalid": 2,
  "expires-in-invalid": 2,
  "time-invalid": 2,
  "token-too-long": 2,
  "token-missing": 2,
  "token-conflict": 2,
  "token-too-large": 2,
  "token-unreadable": 2,
  "account-invalid": 2,
  "rule-unknown": 2,
  "condition-unsupported": 2,
  "policy-file-unreadable": 2,
  "output-unwritable": 2,
  "output-folder-missing": 2,
  "output-denied": 2,
  "output-full": 2,
  "output-is-link": 2,
  "output-not-a-file": 2,
  "output-in-use": 2,
  "users-file-unreadable": 2,
  "users-file-malformed": 2,
  "users-file-inconsistent": 2,
  "ca-file-unreadable": 2,
  "session-file-unreadable": 2,
  "session-file-malformed": 2,
  "session-file-foreign": 2,
  "session-file-locked": 2,
  "session-folder-unfit": 2,
  "runner-running": 2,
  "runner-unsupported": 2,
  "provider-closed": 2,
  "client-connected": 2,
  // 3: credentials and AWS configuration
  "credentials-missing": 3,
  "credentials-malformed": 3,
  "credentials-expired": 3,
  "credentials-refused": 3,
  "session-token-too-long": 3,
  "profile-not-found": 3,
  "profile-without-credentials": 3,
  "aws-file-unreadable": 3,
  "aws-file-malformed": 3,
  "ca-bundle-unreadable": 3,
  "credential-process-failed": 3,
  "metadata-unreachable": 3,
  "aws-unreachable": 3,
  "aws-refused": 3,
  "aws-failed": 3,
  "aws-answer-malformed": 3,
  "mfa-code-missing": 3,
  aborted: 3,
  "mfa-code-invalid": 3,
  "mfa-command-failed": 3,
  "mfa-serial-missing": 3,
  "mfa-device-unknown": 3,
  "clock-skewed": 3,
  "session-not-set": 3,
  "session-off": 3,
  "session-missing": 3,
  "session-expired": 3,
  "session-unfit": 3,
  // 4: the network
  "runtime-unfit": 4,
  "listen-failed": 4,
  "upstream-unreachable": 4,
  "runner-unreachable": 4,
  // 126 and 127: what was to be run, as shells have it
  "command-not-executable": 126,
  "command-not-found": 127,
  "client-missing": 127,
  // 70: a defect of cacheauth
  bug: 70,
} as const;

/** Every code that a {@link CacheauthError} can carry. */
export type ErrorCode = keyof typeof exitCodeOf;

/** Something worth saying that is no error: stderr in text, `notices` in JSON. */
export interface Notice {
  readonly code: string;
  readonly message: string;
}

/**
 * A failure with a stable code.
 *
 * @example
 * ```ts
 * import { CacheauthError, parseEndpoint } from "cacheauth";
 * let code = "";
 * try {
 *   parseEndpoint("my-cache");
 * } catch (error) {
 *   if (error instanceof CacheauthError) code = error.code;
 * }
 * code; // "endpoint-is-a-name"
 * ```
 */
export class CacheauthError extends Error {
  // A literal: the executables are minified, and a minified class has another name.
  override readonly name = "CacheauthError";
  readonly code: ErrorCode;
  /** What to do about it, one line. */
  readonly hint: string;
  /** What the command line exits with: 2 usage, 3 credentials or AWS configuration, 4 network, 70 a bug; of `exec` 126, 127. */
  readonly exitCode: number;

  constructor(code: ErrorCode, message: string, hint: string) {
    super(message);
    this.code = code;
    this.hint = hint;
    this.exitCode = exitCodeOf[code];
  }
}

/**
 * A foreign value as it is named in a message: quoted, and cut, for a megabyte may have been pasted.
 *
 * @example
 * ```ts
 * shown("use1"); // '"use1"'
 * ```
 */
export function shown(value: string): string {
  return `"${value.length > 80 ? `${value.slice(0, 60)}…" (${value.length} characters)` : `${value}"`}`;
}
