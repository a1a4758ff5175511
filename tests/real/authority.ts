/**
 * Certificates of all kinds for servers of the tests, made by openssl: good ones, and those that a client must refuse.
 * All lie in a folder of the caller's, who removes it.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A certificate and its key, as PEM and as files, and the authority that a client is told to trust. */
export interface Certified {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
  readonly certFile: string;
  readonly keyFile: string;
  readonly caFile: string;
}

/** What is odd about each kind; the rest of it is as `good` has it. */
const kinds = {
  good: {},
  /** Signed by itself, and the trusted authority is another. */
  "self-signed": { selfSigned: true },
  /** By an authority that the client is not told to trust. */
  "unknown-authority": { stranger: true },
  expired: { from: "20200101000000Z", to: "20200201000000Z" },
  "not-yet-valid": { from: "20900101000000Z", to: "20900201000000Z" },
  "wrong-name": { subject: "/CN=cache.wrong.test", names: "DNS:cache.wrong.test,DNS:*.wrong.test" },
  /** For a cache of AWS, by an authority that is not Amazon: as a proxy shows it that opens TLS. */
  "cache-by-proxy": {
    subject: "/CN=*.my-cache.abc123.use1.cache.amazonaws.com",
    names: "DNS:*.my-cache.abc123.use1.cache.amazonaws.com",
    issuer: "/O=Example AG/CN=Corporate Proxy CA",
  },
  /** Clears the screen, rings, and turns the text round: in the subject, a name and the issuer. */
  escapes: {
    subject: "/O=\u001b[2J\u001b[31mred\u0007\u202eevil/CN=localhost",
    names: "DNS:localhost,IP:127.0.0.1,IP:::1,DNS:\u001b]0;pwned\u0007.test",
    issuer: "/O=\u001b[1mAuthority\u200b/CN=cacheauth test CA",
  },
} satisfies Readonly<Record<string, Odd>>;

interface Odd {
  readonly subject?: string;
  readonly names?: string;
  readonly issuer?: string;
  readonly selfSigned?: boolean;
  readonly stranger?: boolean;
  /** ASN.1 times, UTC. */
  readonly from?: string;
  readonly to?: string;
}

export type CertificateKind = keyof typeof kinds;

/**
 * An authority and one certificate of that kind for localhost, 127.0.0.1 and ::1. They are made once in a process, by five
 * runs of openssl at most: what a client makes of them does not depend on which test asks.
 */
export function certify(directory: string, kind: CertificateKind = "good"): Certified {
  const pems = made.get(kind) ?? make(kind);
  made.set(kind, pems);
  const folder = join(directory, `certificates-${kind}`);
  mkdirSync(folder, { mode: 0o700 });
  const written = (name: keyof Pems) => {
    const file = join(folder, `${name}.pem`);
    writeFileSync(file, pems[name], { mode: 0o600 });
    return file;
  };
  return { ...pems, certFile: written("cert"), keyFile: written("key"), caFile: written("ca") };
}

type Pems = Pick<Certified, "cert" | "key" | "ca">;

const made = new Map<CertificateKind, Pems>();

function make(kind: CertificateKind): Pems {
  const folder = mkdtempSync(join(tmpdir(), "cacheauth-test-"));
  try {
    return makeIn(folder, kinds[kind]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeIn(folder: string, odd: Odd): Pems {
  const file = (name: string) => join(folder, name);
  // Its settings file has nothing of this machine's.
  const env = { PATH: process.env["PATH"] ?? "", OPENSSL_CONF: "/dev/null" };
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, env, stdio: "pipe" });
  const subject = ["-utf8", "-subj", odd.subject ?? "/CN=localhost"];
  writeFileSync(
    file("settings"),
    [
      "[req]\ndistinguished_name = dn\n[dn]",
      "[authority]\nbasicConstraints = critical,CA:true\nsubjectKeyIdentifier = hash",
      `[leaf]\nsubjectAltName = ${odd.names ?? "DNS:localhost,IP:127.0.0.1,IP:::1"}`,
      "[ca]\ndefault_ca = own",
      "[own]\ndatabase = index\nnew_certs_dir = .\nrand_serial = yes\ndefault_md = sha256\npolicy = any\nunique_subject = no",
      "[any]\norganizationName = optional\ncommonName = supplied\n",
    ].join("\n"),
  );
  const authority = (name: string, issuer: string) => {
    const made = ["-keyout", `${name}.key`, "-out", `${name}.pem`, "-days", "3", "-extensions", "authority"];
    openssl("req", "-x509", ...fresh, ...made, "-utf8", "-subj", issuer);
  };
  authority("ca", odd.issuer ?? "/CN=cacheauth test CA");
  if (odd.selfSigned) {
    openssl("req", "-x509", ...fresh, "-keyout", "key.pem", "-out", "cert.pem", ...subject, "-extensions", "leaf");
  } else {
    const signer = odd.stranger ? "stranger" : "ca";
    if (odd.stranger) authority(signer, "/CN=somebody else's CA");
    openssl("req", ...fresh, "-keyout", "key.pem", "-out", "request.pem", ...subject);
    writeFileSync(file("index"), "");
    const life = odd.from && odd.to ? ["-startdate", odd.from, "-enddate", odd.to] : ["-days", "2"];
    const by = ["-cert", `${signer}.pem`, "-keyfile", `${signer}.key`];
    const what = ["-in", "request.pem", "-out", "cert.pem", "-extensions", "leaf", "-notext", "-utf8", "-preserveDN"];
    openssl("ca", "-batch", "-config", "settings", ...by, ...life, ...what);
  }
  const read = (name: string) => readFileSync(file(name), "utf8");
  return { cert: read("cert.pem"), key: read("key.pem"), ca: read("ca.pem") };
}

const fresh = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-config", "settings"];
