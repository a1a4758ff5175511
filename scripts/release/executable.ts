/** One platform's executable, made and checked. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleExecutable } from "../bundle.ts";
import { type CodeSignature, readCodeSignature } from "./code-signature.ts";
import { embeddedModules } from "./embedded-modules.ts";
import { readHeader } from "./executable-header.ts";
import { fetchRuntime } from "./runtimes.ts";
import { signAdHoc } from "./sign-ad-hoc.ts";
import { executableName, type Target } from "./targets.ts";

export interface Made {
  readonly path: string;
  readonly bytes: Buffer;
  /** For macOS: whose signature it has, and that every hash of it was recomputed. */
  readonly signature?: string;
  /** How many modules have the very text of the executable of this machine; Bun settles questions about the platform in the rest. */
  readonly modules: { readonly same: number; readonly all: number };
}

/** `reference` is the executable of the machine itself, which the tests are run with. */
export async function makeExecutable(target: Target, folder: string, reference: Buffer): Promise<Made> {
  const path = join(folder, executableName(target));
  await bundleExecutable(path, { target: target.bun, executablePath: fetchRuntime(target, folder) });
  const made = readFileSync(path);
  const signed = target.format === "Mach-O" ? rightlySigned(made) : { bytes: made };
  if (signed.bytes !== made) writeFileSync(path, signed.bytes);
  checkHeader(target, signed.bytes);
  return { path, ...signed, modules: compareModules(target, signed.bytes, reference) };
}

/** As Bun made it where its signature holds, else signed anew. */
function rightlySigned(made: Buffer): { readonly bytes: Buffer; readonly signature: string } {
  const bun = readCodeSignature(made);
  const fault = faultOf(bun);
  if (fault === null) return { bytes: made, signature: `ad hoc, by Bun; ${bun.pages} hashes recomputed` };
  const bytes = signAdHoc(made, "cacheauth");
  const ours = readCodeSignature(bytes);
  const left = faultOf(ours);
  if (left !== null) throw new Error(`the new signature ${left}`);
  return { bytes, signature: `ad hoc, made anew: Bun's ${fault}; ${ours.pages} hashes recomputed` };
}

function faultOf({ adHoc, complete, wrongPages }: CodeSignature): string | null {
  if (!complete) return `covers only a part of the file, and ${wrongPages.length} of its hashes are wrong`;
  if (wrongPages.length > 0) return `has ${wrongPages.length} wrong hashes`;
  return adHoc ? null : "is of a certificate";
}

function checkHeader(target: Target, bytes: Buffer): void {
  const header = readHeader(bytes);
  const { format, architecture, loader } = target;
  if (header?.format !== format || header.architecture !== architecture || header.loader !== loader) {
    throw new Error(`${target.name} is ${JSON.stringify(header)}`);
  }
  if (header.authenticode > 0) throw new Error(`${target.name} has kept a signature that is no longer its own`);
}

function compareModules({ name }: Target, bytes: Buffer, reference: Buffer): Made["modules"] {
  const theirs = new Set(embeddedModules(bytes));
  const ours = embeddedModules(reference);
  const same = ours.filter((source) => theirs.has(source)).length;
  if (theirs.size !== new Set(ours).size || same < ours.length * 0.9) {
    throw new Error(`${name} holds another bundle: ${same} of ${ours.length} modules are the same`);
  }
  return { same, all: ours.length };
}
