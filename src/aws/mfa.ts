import { CacheauthError } from "../errors.ts";
import type { Io } from "../runtime.ts";
import type { Report } from "../terminal/report.ts";

/** Gives the MFA code: the flag's, else the one typed on the terminal, where there is one. */
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
    const code = (flag ?? (await io.promptSecret(`MFA code of ${serial}: `))).trim();
    if (!/^\d{6}$/.test(code)) {
      throw new CacheauthError(
        "mfa-code-invalid",
        "The MFA code is not six digits.",
        "Read the code from the device again.",
      );
    }
    report.hide(code);
    return code;
  };
}
