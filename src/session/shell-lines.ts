/** Lines for shells: what puts a session into their environment, and the pieces of such lines. */
import { formatTime } from "../token/time.ts";
import type { Session } from "./session.ts";

export const shells = ["sh", "fish", "powershell"] as const;
export type Shell = (typeof shells)[number];

/**
 * The keys, when they end, and away with what would come before them: to the SDK for JavaScript, and to cacheauth, a profile
 * that is named wins over keys in the environment.
 */
export function shellLines(session: Session, shell: Shell): string {
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = session;
  const { set, unset } = dialects[shell];
  const lines = [
    // The third is the name that boto had for the session token.
    ...["AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SECURITY_TOKEN"].map(unset),
    set("AWS_ACCESS_KEY_ID", accessKeyId),
    set("AWS_SECRET_ACCESS_KEY", secretAccessKey),
    set("AWS_SESSION_TOKEN", sessionToken),
    set("AWS_CREDENTIAL_EXPIRATION", formatTime(expiresAt)),
  ];
  return `${lines.join("\n")}\n`;
}

/** A text as one word of that shell, whatever it holds but NUL, which no variable can. */
export function quoted(text: string, shell: Shell): string {
  return dialects[shell].quote(text);
}

export function setLine(name: string, value: string, shell: Shell): string {
  return dialects[shell].set(name, value);
}

export function unsetLine(name: string, shell: Shell): string {
  return dialects[shell].unset(name);
}

/** Runs a command with the output of another in a variable: never in its arguments, which others can read. */
export function withOutputLine(name: string, output: string, command: string, shell: Shell): string {
  return dialects[shell].withOutput(name, output, command);
}

interface Dialect {
  quote(text: string): string;
  set(name: string, value: string): string;
  unset(name: string): string;
  withOutput(name: string, output: string, command: string): string;
}

const quotedForSh = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const quotedForFish = (text: string) => `'${text.replace(/[\\']/g, "\\$&")}'`;
/** Five characters end such a text there (about_Quoting_Rules); each is kept where it stands twice. */
const quotedForPowerShell = (text: string) => `'${text.replace(/['\u2018-\u201b]/g, "$&$&")}'`;

const dialects: Readonly<Record<Shell, Dialect>> = {
  sh: {
    quote: quotedForSh,
    set: (name, value) => `export ${name}=${quotedForSh(value)}`,
    unset: (name) => `unset ${name}`,
    withOutput: (name, output, command) => `${name}="$(${output})" ${command}`,
  },
  fish: {
    quote: quotedForFish,
    set: (name, value) => `set -gx ${name} ${quotedForFish(value)}`,
    // To unset what is not set is a failure there, and setting keeps that for its own status.
    unset: (name) => `set -e ${name}; or true`,
    withOutput: (name, output, command) => `${name}=(${output}) ${command}`,
  },
  powershell: {
    quote: quotedForPowerShell,
    set: (name, value) => `$env:${name} = ${quotedForPowerShell(value)}`,
    unset: (name) => `$env:${name} = $null`,
    // It has no variable for one command alone.
    withOutput: (name, output, command) => `$env:${name} = ${output}; ${command}`,
  },
};
