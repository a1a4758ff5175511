import type { Hash } from "../runtime.ts";
import { isBun } from "./which-runtime.ts";

let hash: Hash | undefined;

/** SHA-256 by the runtime's own native code. */
export async function nodeHash(): Promise<Hash> {
  hash ??= isBun ? bunHash : await nodeCryptoHash();
  return hash;
}

const bunHash: Hash = {
  sha256: (data) => Bun.SHA256.hash(data) as Uint8Array,
  hmacSha256: (key, data) => new Bun.CryptoHasher("sha256", key).update(data).digest(),
};

async function nodeCryptoHash(): Promise<Hash> {
  const { createHash, createHmac } = await import("node:crypto");
  return {
    sha256: (data) => createHash("sha256").update(data).digest(),
    hmacSha256: (key, data) => createHmac("sha256", key).update(data).digest(),
  };
}
