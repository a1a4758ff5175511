/** Where a release is put together: what is written into it, and what the manifest says of each file. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { version } from "../../src/version.ts";
import { type Entry, tarGz, zip } from "./archive.ts";

const root = dirname(dirname(import.meta.dirname));

/** A line of the manifest; the optional fields are of an archive with an executable in it. */
export interface Released {
  readonly file: string;
  readonly size: number;
  readonly sha256: string;
  readonly platform?: string;
  readonly runtime?: "bun" | "deno";
  readonly runtimeVersion?: string;
  readonly format?: string;
  readonly architecture?: string;
  /** How it was run where the release was made, or that it was not. */
  readonly tested?: string;
  readonly signature?: string;
  readonly modules?: { readonly same: number; readonly all: number };
  readonly executable?: { readonly name: string; readonly size: number; readonly sha256: string };
}

export interface ReleaseFolder {
  readonly path: string;
  readonly write: (file: string, content: string | Buffer) => Released;
  /** What another program has written into it. */
  readonly describe: (file: string) => Released;
  /** An archive of an executable, with all that belongs to it. */
  readonly archive: (platform: string, kind: "tar.gz" | "zip", executable: Executable, licences: string) => Released;
}

interface Executable {
  readonly name: string;
  readonly bytes: Buffer;
}

export function releaseFolder(path: string): ReleaseFolder {
  const describe = (file: string) => ({ file, ...sizeAndSum(readFileSync(join(path, file))) });
  const write = (file: string, content: string | Buffer) => {
    writeFileSync(join(path, file), content);
    return describe(file);
  };
  const archive: ReleaseFolder["archive"] = (platform, kind, executable, licences) => {
    const entries = entriesOf(executable, licences);
    const content = kind === "zip" ? zip(entries) : tarGz(entries);
    return {
      ...write(`cacheauth-${version}-${platform}.${kind}`, content),
      executable: { name: executable.name, ...sizeAndSum(executable.bytes) },
    };
  };
  return { path, write, describe, archive };
}

function entriesOf({ name, bytes }: Executable, licences: string): readonly Entry[] {
  const beside = (name: string, bytes: Buffer) => ({ name, bytes, executable: false });
  return [
    { name, bytes, executable: true },
    beside("cacheauth.1", readFileSync(join(root, "scripts/release/cacheauth.1"))),
    beside("LICENSE", readFileSync(join(root, "LICENSE"))),
    beside("licences.txt", Buffer.from(licences)),
  ];
}

function sizeAndSum(bytes: Buffer): { readonly size: number; readonly sha256: string } {
  return { size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}
