/**
 * Reads a Mach-O file's signature: a "super blob" of blobs, one of which, the code directory, has a hash of each page of
 * the file. macOS ends a program at the first page whose hash is another.
 */
import { createHash } from "node:crypto";
import { readMachO } from "./mach-o.ts";

export const SUPER_BLOB = 0xfade0cc0;
export const CODE_DIRECTORY = 0xfade0c02;
export const AD_HOC = 0x2;
export const SHA256 = 2;

export interface CodeSignature {
  readonly identifier: string;
  /** Signed by nobody: the hashes alone. What is not was signed with a certificate, which no change of the file survives. */
  readonly adHoc: boolean;
  readonly pages: number;
  /** The pages reach up to the signature itself: macOS runs nothing of a part that no hash is of. */
  readonly complete: boolean;
  /** The numbers of the pages whose hash is not that of their bytes. */
  readonly wrongPages: readonly number[];
}

/** Recomputes every hash. Throws where there is no signature of the kind that can be checked. */
export function readCodeSignature(file: Buffer): CodeSignature {
  const { signature } = readMachO(file);
  const directory = findCodeDirectory(file, signature.offset);
  const flags = directory.readUInt32BE(12);
  const hashes = directory.readUInt32BE(16);
  const identifier = directory.readUInt32BE(20);
  const pages = directory.readUInt32BE(28);
  const limit = directory.readUInt32BE(32);
  const hashSize = directory.readUInt8(36);
  const hashType = directory.readUInt8(37);
  const pageSize = 2 ** directory.readUInt8(39);
  if (hashType !== SHA256 || hashSize !== 32) throw new Error(`a signature with hashes of type ${hashType}`);
  const wrongPages: number[] = [];
  for (let page = 0; page < pages; page += 1) {
    const said = directory.subarray(hashes + page * hashSize, hashes + (page + 1) * hashSize);
    if (!hashOfPage(file, page, pageSize, limit).equals(said)) wrongPages.push(page);
  }
  return {
    identifier: directory.toString("latin1", identifier, directory.indexOf(0, identifier)),
    adHoc: (flags & AD_HOC) !== 0,
    pages,
    complete: limit === signature.offset && pages === Math.ceil(limit / pageSize),
    wrongPages,
  };
}

export function hashOfPage(file: Buffer, page: number, pageSize: number, limit: number): Buffer {
  return createHash("sha256")
    .update(file.subarray(page * pageSize, Math.min((page + 1) * pageSize, limit)))
    .digest();
}

function findCodeDirectory(file: Buffer, at: number): Buffer {
  if (file.readUInt32BE(at) !== SUPER_BLOB) throw new Error("no signature where the file says that it is");
  const count = file.readUInt32BE(at + 8);
  for (let index = 0; index < count; index += 1) {
    const start = at + file.readUInt32BE(at + 12 + index * 8 + 4);
    if (file.readUInt32BE(start) === CODE_DIRECTORY) {
      return file.subarray(start, start + file.readUInt32BE(start + 4));
    }
  }
  throw new Error("a signature without a code directory");
}
