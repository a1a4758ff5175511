/** The command line that made a report, for whoever has the ticket: as it was understood, and without secrets. */
import { shellWord } from "../../findings/shell-word.ts";
import { escapeForeign } from "../../terminal/escape.ts";
import type { Flag } from "../command.ts";
import { type DoctorCall, doctorFlags } from "./flags.ts";
import type { DoctorAnswer } from "./text.ts";

/** They stand in their place as they were understood, or may be secrets. */
const elsewhere = new Set(["endpoint", "user-id"]);
const secret = new Set(["mfa-code", "external-id"]);

export function commandLine(
  { flags }: Pick<DoctorCall, "flags">,
  { endpoint, user }: Pick<DoctorAnswer, "endpoint" | "user">,
): string {
  const where = endpoint === null ? [] : [shellWord(hostAndPort(endpoint), "ENDPOINT")];
  const words = Object.entries(doctorFlags).flatMap(([name, flag]: readonly [string, Flag]) => {
    const value = (flags as Readonly<Record<string, unknown>>)[name];
    if (elsewhere.has(name) || value === undefined || value === false) return [];
    return value === true ? [`--${name}`] : [`--${name} ${shownValue(name, String(value), flag.value ?? "VALUE")}`];
  });
  return escapeForeign(["cacheauth doctor", ...where, `-u ${shownValue("user-id", user, "USER")}`, ...words].join(" "));
}

function hostAndPort({ host, port }: { readonly host: string; readonly port: number }): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/** A URL may have a password in it, and what belongs into no flag may be a token. */
function shownValue(name: string, value: string, instead: string): string {
  const mayBeSecret = secret.has(name) || value.length > 200 || /:\/\/|:[^/]*@|X-Amz-/i.test(value);
  return mayBeSecret ? instead : shellWord(value, instead);
}
