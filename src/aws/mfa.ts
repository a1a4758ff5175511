import { CacheauthError } from "../errors.ts";
import type { Io } from "../runtime.ts";
import type { Report } from "../terminal/report.ts";

/** Gives the MFA code, which devices and password managers show as `123 456`, too: the flag's, else the one typed on the terminal, where there is one. */
export function createMfaCodeProvider(
  flag: string | undefined,
  io: Io,
  report: Pick<Report, "hide">,
): (serial: string) => Promise<string> {
  return async (serial) => {
    if (flag === undefined && !io.stdinIsTerminal) {
      throw new CacheauthError(
        "mfa-code-missing",
        `An MFA code of ${serial} is needed, and there is no terminal to ask on.`,
        "Pass it with --mfa-code CODE.",
      );
    }
    const code = (flag ?? (await io.promptSecret(`MFA code of ${serial}: `))).replace(/\s+/g, "");
    if (!/^\d{6}$/.test(code)) {
      if (flag !== undefined) throw codeFlagInvalid("mfa-code");
      throw new CacheauthError(
        "mfa-code-invalid",
        "What was typed is no MFA code: six digits.",
        "Read the code from the device again.",
      );
    }
    report.hide(code);
    return code;
  };
}

/** A flag that cannot be right whatever the device shows. The value is not repeated: it may be a secret in the wrong place. */
export function codeFlagInvalid(name: "code" | "mfa-code"): CacheauthError {
  return new CacheauthError(
    "flag-value-invalid",
    `--${name} is not six digits.`,
    `Write the six digits that the device shows now: --${name} CODE.`,
  );
}
