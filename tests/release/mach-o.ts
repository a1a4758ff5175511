import { gunzipSync } from "node:zlib";
import vectors from "../vectors/mach-o.json" with { type: "json" };

/** A tiny program for macOS, as LLVM's linker made and signed it, and the name that it signed it under. */
export function linked(architecture: "x64" | "arm64"): { readonly file: Buffer; readonly identifier: string } {
  const { gzip, identifier } = vectors[architecture];
  return { file: gunzipSync(Buffer.from(gzip, "base64")), identifier };
}
