import { codeFlagInvalid } from "../../aws/mfa.ts";
import { CacheauthError } from "../../errors.ts";
import type { Runtime } from "../../runtime.ts";

interface CodeWords {
  readonly code: string | undefined;
  readonly command: string | undefined;
}

/** The MFA code: the flag's, what the command prints, or what is typed on the terminal. It is shown nowhere. */
export async function readMfaCode({ code, command }: CodeWords, serial: string, runtime: Runtime): Promise<string> {
  if (code !== undefined) {
    if (!isCode(code)) throw codeFlagInvalid("code");
    return plain(code);
  }
  if (command !== undefined) {
    return checked(await printed(command, runtime), "What --mfa-command printed", "It must print the code alone.");
  }
  const { io } = runtime;
  if (!io.stdinIsTerminal) {
    throw new CacheauthError(
      "mfa-code-missing",
      `An MFA code of ${serial} is needed, and there is no terminal to ask on.`,
      "Pass it with --code CODE, or say with --mfa-command what prints it.",
    );
  }
  const typed = await io.promptSecret(`MFA code of ${serial}: `);
  return checked(typed, "What was typed", "Read the code from the device again.");
}

export function refuseBoth({ code, command }: CodeWords): void {
  if (code === undefined || command === undefined) return;
  throw new CacheauthError("flag-conflict", "--code and --mfa-command both give the code.", "Keep one of them.");
}

function checked(text: string, what: string, hint: string): string {
  if (isCode(text)) return plain(text);
  throw new CacheauthError("mfa-code-invalid", `${what} is no MFA code: six digits.`, hint);
}

/** Devices and password managers show it as `123 456`, too. */
function plain(text: string): string {
  return text.replace(/\s+/g, "");
}

function isCode(text: string): boolean {
  return /^\d{6}$/.test(plain(text));
}

/** Its stderr is the terminal's: such commands ask for a touch of the key, or a password. */
async function printed(command: string, { host }: Runtime): Promise<string> {
  const failed = (how: string): CacheauthError =>
    new CacheauthError(
      "mfa-command-failed",
      `The command of --mfa-command ${how}.`,
      "Run it yourself: it must print the code and end with 0.",
    );
  let child: Awaited<ReturnType<typeof host.spawn>>;
  try {
    child = await host.spawn([command], { env: host.env, stdio: "capture", shell: true, mostBytes: 1_000 });
  } catch (error) {
    throw failed(`cannot be started: ${(error as { code?: string }).code ?? "unknown error"}`);
  }
  const [{ code, signal }, text] = await Promise.all([child.ended, child.stdout]);
  if (code !== 0) throw failed(signal === null ? `ended with ${code}` : `was ended by ${signal}`);
  return text;
}
