import { CacheauthError, type Notice, shown } from "../errors.ts";
import type { ProbeRequest, ProbeTls } from "../probe/request.ts";
import type { Runtime } from "../runtime.ts";
import type { connectionFlags } from "./connection-flags.ts";
import { whyUnreadable } from "./why-unreadable.ts";

type Values = {
  readonly [Name in keyof typeof connectionFlags]: (typeof connectionFlags)[Name]["takes"] extends "text"
    ? string | undefined
    : boolean;
};

export type ConnectionOptions = Pick<ProbeRequest, "tls" | "resp" | "family" | "allNodes" | "repeat"> & {
  readonly limitMs: number;
  readonly notices: readonly Notice[];
};

/** The flags about the connection, read and checked. `host` is whom the certificate must name where --sni does not say. */
export async function connectionOptions(flags: Values, host: string, runtime: Runtime): Promise<ConnectionOptions> {
  if (flags.ipv4 && flags.ipv6) throw conflict("-4 and -6 leave no address.");
  for (const name of ["sni", "ca", "insecure"] as const) {
    if (flags["no-tls"] && flags[name])
      throw conflict(`--no-tls and --${name}: in clear text there is no certificate.`);
  }
  if (flags.ca !== undefined && flags.insecure) throw conflict("--ca says whom to trust, --insecure to trust anybody.");
  return {
    tls: flags["no-tls"] ? null : await tlsOf(flags, host, runtime),
    resp: respOf(flags.resp),
    family: flags.ipv4 ? 4 : flags.ipv6 ? 6 : null,
    allNodes: flags["all-nodes"],
    repeat: repeatOf(flags.repeat),
    limitMs: timeoutOf(flags.timeout),
    notices: flags.insecure ? [insecure(!flags["no-auth"])] : [],
  };
}

async function tlsOf({ sni, ca, insecure }: Values, host: string, runtime: Runtime): Promise<ProbeTls> {
  const asked = sni === undefined ? undefined : serverName(sni);
  if (asked !== undefined && !/^[\w.:-]{1,253}$/.test(asked)) {
    throw new CacheauthError(
      "flag-value-invalid",
      `--sni ${shown(asked)} is no host name.`,
      "Give a host name, as a certificate has it.",
    );
  }
  return { name: asked ?? host, ca: ca === undefined ? null : await authorities(ca, runtime), verify: !insecure };
}

/** As an endpoint is pasted, with its port and the root's dot; a certificate names neither. */
function serverName(text: string): string {
  const [, host = text] = /^([\w.-]+):\d{1,5}$/.exec(text) ?? [];
  return host.length > 1 ? host.replace(/\.$/, "") : host;
}

/** Read before anything is tried: the runtimes ignore what is no certificate, and then trust nobody without saying why. */
async function authorities(file: string, { host, net }: Runtime): Promise<NonNullable<ProbeTls["ca"]>> {
  let pem: string;
  try {
    pem = new TextDecoder().decode(await host.readFile(file, 1 << 22));
  } catch (error) {
    throw unreadable(file, whyUnreadable(error));
  }
  let subjects: string[];
  try {
    subjects = (await net()).readCertificates(pem).map(({ subject }) => subject);
  } catch {
    throw unreadable(file, "a certificate in it is damaged");
  }
  if (subjects.length === 0) throw unreadable(file, "no certificate is in it");
  return { file, pem, subjects };
}

function unreadable(file: string, why: string): CacheauthError {
  return new CacheauthError(
    "ca-file-unreadable",
    `The authorities of --ca cannot be read from ${shown(file)}: ${why}.`,
    "Name a PEM file, with -----BEGIN CERTIFICATE----- in it.",
  );
}

function respOf(text: string | undefined): 2 | 3 | null {
  if (text === undefined) return null;
  if (text === "2" || text === "3") return text === "2" ? 2 : 3;
  throw new CacheauthError("flag-value-invalid", `--resp ${shown(text)} is no version.`, "Say 2 or 3.");
}

function timeoutOf(text: string | undefined): number {
  const seconds = text === undefined ? 5 : /^\d{1,4}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (seconds >= 0.05 && seconds <= 300) return seconds * 1000;
  throw new CacheauthError(
    "flag-value-invalid",
    "--timeout is not a number of seconds.",
    "Give seconds from 0.05 to 300.",
  );
}

function repeatOf(text: string | undefined): number {
  if (text === undefined) return 0;
  const count = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= 10_000) return count;
  throw new CacheauthError(
    "flag-value-invalid",
    "--repeat is not a number of connections.",
    "Give a whole number from 1 to 10000.",
  );
}

function insecure(logsIn: boolean): Notice {
  const gets = logsIn
    ? "whoever answers gets the token, and is let in with it for 15 minutes"
    : "anybody may have answered";
  return { code: "insecure", message: `The certificate is NOT verified (--insecure): ${gets}.` };
}

function conflict(message: string): CacheauthError {
  return new CacheauthError("flag-conflict", message, "Keep one of them.");
}
