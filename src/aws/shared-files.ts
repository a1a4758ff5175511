import { join, resolve } from "node:path";
import { CacheauthError, shown } from "../errors.ts";
import type { Host } from "../runtime.ts";

/** The settings of the profiles in the shared config and credentials files, by profile name, both files merged. */
export type Profiles = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

/** Both files as they were read, once: a FIFO (`<(…)` in a shell) gives its text to the first reader alone. */
export interface SharedFiles {
  readonly config: SharedFile;
  readonly credentials: SharedFile;
}

interface SharedFile {
  readonly path: string;
  /** Empty where there is no such file. */
  readonly text: string;
}

const read = new WeakMap<Host, Promise<SharedFiles | null>>();

/**
 * The text of both files, after looking at what the SDK passes over in silence: a file that cannot be read, or is none.
 * Null where no home directory is known and the variables do not name them.
 */
export function readSharedFiles(host: Host): Promise<SharedFiles | null> {
  const known = read.get(host);
  if (known) return known;
  const files = readBoth(host);
  read.set(host, files);
  return files;
}

/** Both files as they are now, with absolute paths; null as above. For what runs as long as they change. */
export async function readSharedFilesNow(host: Host): Promise<SharedFiles | null> {
  const files = await readBoth(host);
  if (files === null) return null;
  const absolute = ({ path, text }: SharedFile) => ({ path: resolve(path), text });
  return { config: absolute(files.config), credentials: absolute(files.credentials) };
}

/**
 * By the SDK's own parser. No file at all is no error: then there are no profiles. `edit` gives the credentials file another
 * text, for this and for all that the SDK reads from then on.
 */
export async function loadProfiles(host: Host, edit?: (files: SharedFiles) => string): Promise<Profiles> {
  const read = await readSharedFiles(host);
  if (read === null) return {};
  const files = edit ? { ...read, credentials: { ...read.credentials, text: edit(read) } } : read;
  const { parseKnownFiles, externalDataInterceptor } = await import("@smithy/core/config");
  // The SDK's providers read the files again, each for itself: from now on they are handed what was read here.
  for (const { path, text } of [files.config, files.credentials]) {
    for (const name of new Set([path, join(path)])) externalDataInterceptor.interceptFile(name, text);
  }
  return parseKnownFiles({ configFilepath: files.config.path, filepath: files.credentials.path });
}

async function readBoth(host: Host): Promise<SharedFiles | null> {
  const { configPath, credentialsPath } = sharedFilePaths(host);
  if (configPath === null && credentialsPath === null) return null;
  // The one that is not known is looked for where nothing can be.
  const [config, credentials] = await Promise.all([
    readOne(host, configPath ?? "/dev/null"),
    readOne(host, credentialsPath ?? "/dev/null"),
  ]);
  return { config, credentials };
}

/** Where both files are, or would be; null where no home directory is known. */
export function sharedFilePaths(host: Pick<Host, "env" | "homeDirectory">) {
  return {
    configPath: pathOf(host, host.env["AWS_CONFIG_FILE"], "config"),
    credentialsPath: pathOf(host, host.env["AWS_SHARED_CREDENTIALS_FILE"], "credentials"),
  };
}

function pathOf(
  { homeDirectory }: Pick<Host, "homeDirectory">,
  variable: string | undefined,
  name: string,
): string | null {
  if (variable) {
    return variable.startsWith("~/") && homeDirectory !== null ? homeDirectory + variable.slice(1) : variable;
  }
  return homeDirectory === null ? null : `${homeDirectory}/.aws/${name}`;
}

async function readOne(host: Host, path: string): Promise<SharedFile> {
  let bytes: Uint8Array;
  try {
    bytes = await host.readFile(path);
  } catch (error) {
    const code = (error as { code?: string }).code ?? "unknown error";
    if (code === "ENOENT" || code === "ENOTDIR") return { path, text: "" };
    const why =
      code === "EACCES" || code === "EPERM" ? "permission denied" : code === "EISDIR" ? "it is a directory" : code;
    throw new CacheauthError(
      "aws-file-unreadable",
      `The AWS file ${shown(path)} cannot be read: ${why}.`,
      "Make it readable to you, or point AWS_CONFIG_FILE or AWS_SHARED_CREDENTIALS_FILE elsewhere.",
    );
  }
  const fault = faultIn(bytes);
  if (fault === null) return { path, text: new TextDecoder().decode(bytes) };
  throw new CacheauthError(
    "aws-file-malformed",
    `The AWS file ${shown(path)} is malformed: ${fault}.`,
    "Write [NAME] or [profile NAME] lines, and below them lines of NAME = VALUE, as UTF-8 text.",
  );
}
/** What is wrong with the text of an AWS file, with its line; never what stands there, for it may be a key. */
function faultIn(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff || bytes[0] === 0xfe || bytes.includes(0)) return "it is UTF-16 or binary, not UTF-8 text";
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "it begins with a byte order mark";
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return "it is not UTF-8 text";
  }
  let inSection = false;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const content = (line.split(/(?:^|\s)[;#]/, 1)[0] ?? "").trim();
    if (content === "") continue;
    const at = `line ${index + 1}`;
    if (content.startsWith("[")) {
      if (!/^\[[^\]]+\]$/.test(content)) return `${at} begins a section but has no closing bracket`;
      inSection = true;
    } else if (!inSection) {
      return `${at} stands before the first section`;
    } else if (content.indexOf("=") < 1) {
      return `${at} is neither a section nor NAME = VALUE`;
    }
  }
  return null;
}
