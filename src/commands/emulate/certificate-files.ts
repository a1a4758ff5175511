import type { Certificates } from "../../emulate/certificates/create-certificates.ts";
import { CacheauthError, shown } from "../../errors.ts";
import type { Host } from "../../runtime.ts";

export interface CertificateFiles {
  /** For --cacert, --ca and the like. */
  readonly caFile: string;
  /** Takes away what nobody asked to keep. */
  remove(): Promise<void>;
}

/**
 * The certificates in a folder of the caller's, for other servers to use as well, or the authority's alone in a private one
 * that goes again. The authority's key is in neither: it is already forgotten.
 */
export async function writeCertificateFiles(
  { ca, certificate, privateKey }: Certificates,
  folder: string | null,
  host: Host,
): Promise<CertificateFiles> {
  try {
    if (folder === null) {
      const own = await host.makePrivateFolder("cacheauth-emulate-");
      await host.writePrivateFile(`${own}/ca.pem`, ca);
      return { caFile: `${own}/ca.pem`, remove: () => host.removeFolder(own) };
    }
    await host.makeFolder(folder);
    const file = (name: string) => `${folder.replace(/(.)\/+$/, "$1")}/${name}`;
    await host.writePrivateFile(file("ca.pem"), ca);
    await host.writePrivateFile(file("cert.pem"), certificate);
    await host.writePrivateFile(file("key.pem"), privateKey);
    return { caFile: file("ca.pem"), remove: () => Promise.resolve() };
  } catch (error) {
    const { code = "unknown error" } = error as { code?: string };
    const where = folder === null ? "the folder for temporary files" : shown(folder);
    throw new CacheauthError(
      "output-unwritable",
      `The certificates cannot be written to ${where}: ${reasons[code] ?? `an unknown error (${code})`}.`,
      folder === null
        ? "Name a folder that you may write to with --tls-dir DIR."
        : "Name a folder that you may write to.",
    );
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "a part of the path is not there and cannot be made (ENOENT)",
  EPERM: "it is not permitted (EPERM)",
  EISDIR: "there is a folder of the name of one of the files (EISDIR)",
  ENAMETOOLONG: "the name is too long (ENAMETOOLONG)",
  ELOOP: "its links go round in a circle (ELOOP)",
  EACCES: "you may not write there (EACCES)",
  EROFS: "it is read-only (EROFS)",
  ENOTDIR: "a part of the path is no folder (ENOTDIR)",
  EEXIST: "there is a file of that name (EEXIST)",
  ENOSPC: "no space is left on the device (ENOSPC)",
};
