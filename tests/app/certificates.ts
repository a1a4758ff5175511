import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withDirectory } from "./program.ts";

export interface Certificates {
  readonly ca: string;
  readonly caFile: string;
  readonly key: string;
  readonly cert: string;
}

/** A CA of its own, and a certificate of it for 127.0.0.1 and localhost, made by openssl for one test. */
export function withCertificates<T>(use: (certificates: Certificates) => Promise<T>): Promise<T> {
  return withDirectory((directory) => {
    const path = (name: string) => join(directory, name);
    const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: directory, stdio: "pipe" });
    const ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
    openssl("req", "-x509", ...ec, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=cacheauth test CA");
    openssl("req", ...ec, "-keyout", "key.pem", "-out", "request.pem", "-subj", "/CN=localhost");
    writeFileSync(path("names"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
    openssl(
      "x509",
      "-req",
      "-in",
      "request.pem",
      "-CA",
      "ca.pem",
      "-CAkey",
      "ca.key",
      "-days",
      "2",
      "-extfile",
      "names",
      "-out",
      "cert.pem",
    );
    const read = (name: string) => readFileSync(path(name), "utf8");
    return use({ ca: read("ca.pem"), caFile: path("ca.pem"), key: read("key.pem"), cert: read("cert.pem") });
  });
}
