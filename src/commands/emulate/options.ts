import type { EmulatorOptions } from "../../emulate/emulator.ts";
import { noFaults, parseFaults } from "../../emulate/faults.ts";
import { CacheauthError, shown } from "../../errors.ts";
import type { Shell } from "../../session/shell-lines.ts";
import type { Call } from "../command.ts";
import { flagNaming } from "../flag-naming.ts";
import { shellOf } from "../shell-flag.ts";
import type { emulateFlags } from "./flags.ts";

export type EmulateCall = Call<typeof emulateFlags>;

/** What the flags say of the endpoint itself: all but who may log in. */
export type EndpointOptions = Pick<EmulatorOptions, "listen" | "cluster" | "upstream" | "faults" | "lifetimeMs"> & {
  readonly isTls: boolean;
  /** The faults as they were written. */
  readonly fault: string | null;
  /** For the certificate, beside those that every one has. */
  readonly names: readonly string[];
  readonly tlsDir: string | null;
  /** Whose lines are printed. */
  readonly shell: Shell;
};

export function endpointOptions({ flags, at, runtime }: EmulateCall): EndpointOptions {
  if (at !== undefined) {
    throw conflict("--at does nothing here: the endpoint judges each login when it comes.", "Leave --at out.");
  }
  if (flags.upstream !== undefined && flags.cluster !== undefined) {
    throw conflict(
      "--upstream and --cluster contradict each other: the slots would be the emulator's, the data the upstream's.",
      "Keep one of them.",
    );
  }
  for (const name of ["tls-dir", "name"] as const) {
    if (!flags.plaintext || flags[name] === undefined) continue;
    throw conflict(`--plaintext and --${name}: in clear text there is no certificate.`, "Keep one of them.");
  }
  const listen = addressOf("listen", flags.listen ?? "127.0.0.1:0");
  const cluster = flags.cluster === undefined ? null : wholeNumber("cluster", flags.cluster, 1, 64);
  if (listen.port !== 0 && listen.port + (cluster ?? 1) > 65_536) {
    throw invalid(
      "listen",
      flags.listen ?? "",
      `With ${cluster} nodes the last port would be above 65535: begin lower.`,
    );
  }
  const upstream = flags.upstream === undefined ? null : addressOf("upstream", flags.upstream);
  if (upstream?.port === 0)
    throw invalid("upstream", flags.upstream ?? "", "Give the port that the server listens on.");
  const lifetime = flags["connection-lifetime"];
  return {
    listen,
    cluster,
    upstream,
    fault: flags.fault ?? null,
    faults: flags.fault === undefined ? noFaults : parseFaults(flags.fault, flagNaming),
    // What a timer of the runtimes holds is 24.8 days.
    lifetimeMs: 1000 * (lifetime === undefined ? 43_200 : wholeNumber("connection-lifetime", lifetime, 1, 2_000_000)),
    isTls: !flags.plaintext,
    names: namesOf(flags.name),
    tlsDir: flags["tls-dir"] ?? null,
    shell: shellOf(flags.shell, runtime.host),
  };
}

function namesOf(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.split(",").map((name) => name.trim());
}

/** `HOST:PORT`, an IPv6 address in brackets. */
function addressOf(flag: "listen" | "upstream", text: string): { readonly host: string; readonly port: number } {
  const [, v6, host = v6, digits] = /^(?:\[([0-9a-f:.]+)\]|([^\s:/@[\]]+)):(\d{1,5})$/i.exec(text) ?? [];
  const port = Number(digits);
  if (host !== undefined && port <= 65_535) return { host, port };
  throw invalid(flag, text, `Write HOST:PORT, such as 127.0.0.1:${flag === "listen" ? 6380 : 6379} or [::1]:6379.`);
}

function wholeNumber(flag: string, text: string, least: number, most: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw invalid(flag, text, `Give a whole number from ${least} to ${most}.`);
}

function invalid(flag: string, text: string, hint: string): CacheauthError {
  return new CacheauthError("flag-value-invalid", `--${flag} ${shown(text)} cannot be taken.`, hint);
}

function conflict(message: string, hint: string): CacheauthError {
  return new CacheauthError("flag-conflict", message, hint);
}
