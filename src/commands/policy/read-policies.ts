import { CacheauthError, type Notice, shown } from "../../errors.ts";
import type { PolicyText } from "../../policy/check-documents.ts";
import type { Runtime } from "../../runtime.ts";
import { whyUnreadable } from "../why-unreadable.ts";

/** A policy has at most 10 KiB; what it is wrapped in may be larger, but has an end. */
const mostBytes = 1 << 20;

/** The files of --check, as texts; - is stdin. Rejects with code `policy-file-unreadable`. */
export async function readPolicies(
  paths: readonly string[],
  { io, host }: Pick<Runtime, "io" | "host">,
): Promise<{ readonly texts: readonly PolicyText[]; readonly notices: readonly Notice[] }> {
  if (paths.filter((path) => path === "-").length > 1) {
    throw new CacheauthError("flag-conflict", "--check - is given twice: there is one stdin.", "Keep one of them.");
  }
  const texts: PolicyText[] = [];
  const notices: Notice[] = [];
  for (const path of paths) {
    const [name, bytes] = path === "-" ? ["stdin", await piped(io)] : [path, await fileNamed(path, host)];
    if (bytes.length > mostBytes) throw unreadable(name, "it has more than 1 MiB", "A policy has at most 10 KiB.");
    const mark = byteOrderMark(bytes);
    if (mark !== null) notices.push(markNotice(name, mark));
    texts.push({ name, text: decode(bytes, mark ?? "utf-8", name) });
  }
  return { texts, notices };
}

async function piped(io: Pick<Runtime["io"], "readStdin">): Promise<Uint8Array> {
  const bytes = await io.readStdin(mostBytes);
  if (bytes !== null) return bytes;
  throw unreadable("stdin", "nothing is piped in", "Pipe the policy in, or name its file.");
}

async function fileNamed(path: string, host: Pick<Runtime["host"], "readFile">): Promise<Uint8Array> {
  try {
    return await host.readFile(path, mostBytes + 1);
  } catch (error) {
    throw unreadable(
      shown(path),
      whyUnreadable(error),
      "Name a file that holds the policy and that you may read; - is stdin.",
    );
  }
}

/** PowerShell writes it before what it puts into a file. */
function byteOrderMark([first, second, third]: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" | null {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return first === 0xef && second === 0xbb && third === 0xbf ? "utf-8" : null;
}

function decode(bytes: Uint8Array, encoding: string, name: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw unreadable(name, `it is not ${encoding.toUpperCase()}`, "Save it as UTF-8.");
  }
}

function markNotice(name: string, encoding: string): Notice {
  const message = `${name} begins with a byte order mark (${encoding.toUpperCase()}), with which the AWS CLI does not take it: save it as UTF-8 without one.`;
  return { code: "byte-order-mark", message };
}

function unreadable(name: string, why: string, hint: string): CacheauthError {
  return new CacheauthError("policy-file-unreadable", `The policy ${name} cannot be read: ${why}.`, hint);
}
