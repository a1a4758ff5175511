import { CacheauthError, type Notice, shown } from "../errors.ts";
import { shellWord } from "../findings/shell-word.ts";
import type { Runtime } from "../runtime.ts";
import type { Flags } from "./command.ts";
import { whyUnreadable } from "./why-unreadable.ts";

/** The flags that hand in a token; the argument and a piped stdin do so too. */
export const tokenInputFlags = {
  "token-file": { takes: "text", value: "FILE", about: "read the token from FILE, byte for byte; - is stdin" },
  "token-env": { takes: "text", value: "NAME", about: "read the token from the variable NAME", choices: "variables" },
} as const satisfies Flags;

/** What was handed in, as it came. */
export interface TokenInput {
  readonly bytes: Uint8Array;
  /** stdin's last line ending was left out. */
  readonly finalNewlineDropped: boolean;
  readonly notices: readonly Notice[];
}

const most = 1 << 20;

/**
 * Reads the token: the argument, `-` or a piped stdin, a file or a variable. stdin loses one final line ending, as in
 * $(…); a file and a variable are taken byte for byte, for the program that reads them sends them so.
 */
export async function readTokenInput(
  flags: Readonly<Record<keyof typeof tokenInputFlags, string | undefined>>,
  argument: string | undefined,
  { io, host }: Runtime,
): Promise<TokenInput> {
  const { "token-file": file, "token-env": variable } = flags;
  if ([argument, file, variable].filter((given) => given !== undefined).length > 1) {
    throw new CacheauthError(
      "token-conflict",
      "The token is handed in more than once.",
      "Keep one: the argument, --token-file or --token-env.",
    );
  }
  if (variable !== undefined) return plain(checkSize(bytesOf(variableNamed(variable, host.env))));
  if (file !== undefined && file !== "-") return plain(checkSize(await fileNamed(file, host)));
  if (argument !== undefined && argument !== "-") {
    const given = plain(checkSize(bytesOf(argument)));
    if (await isErrorText(argument)) return given;
    await refuseFileName(argument, host);
    const message = "Other processes can read arguments: pipe the token in, or use --token-env or --token-file.";
    return { ...given, notices: [{ code: "argument-public", message }] };
  }
  const piped = await io.readStdin(most);
  if (piped === null) {
    throw new CacheauthError(
      "token-missing",
      "No token: nothing is piped in, and no argument was given.",
      "Pipe it in (cacheauth token ENDPOINT -u USER | cacheauth lint), or use --token-env NAME or --token-file FILE.",
    );
  }
  return withoutFinalNewline(checkSize(piped));
}

/** The name of a file is no token, and the file may hold one. */
async function refuseFileName(argument: string, host: Runtime["host"]): Promise<void> {
  if (argument.length > 255 || /[?&=]/.test(argument)) return;
  const isFile = await host.readFile(argument, 1).then(
    () => true,
    () => false,
  );
  if (!isFile) return;
  throw new CacheauthError(
    "token-missing",
    `${shown(argument)} is a file here, and the argument is taken for the token itself.`,
    `Read the token from it: --token-file ${shellWord(argument, "FILE")}`,
  );
}

/** What a server or a client printed may be read by all, where no token and no URL with a password stands beside it. */
async function isErrorText(text: string): Promise<boolean> {
  if (/X-Amz-|:\/\//i.test(text)) return false;
  const { findErrorLine } = await import("../token/pasted/error-lines.ts");
  return findErrorLine(text) !== null;
}

function plain(bytes: Uint8Array): TokenInput {
  return { bytes, finalNewlineDropped: false, notices: [] };
}

function withoutFinalNewline(bytes: Uint8Array): TokenInput {
  const cut = bytes.at(-1) !== 10 ? 0 : bytes.at(-2) === 13 ? 2 : 1;
  return { bytes: bytes.subarray(0, bytes.length - cut), finalNewlineDropped: cut > 0, notices: [] };
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A token is at most 16 KiB; what holds one, a log or JSON, may be larger, but has an end. */
function checkSize(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= most) return bytes;
  throw new CacheauthError(
    "token-too-large",
    "What was handed in has more than 1 MiB; a token has at most 16 KiB.",
    "Hand in the token alone, or the line that it stands in.",
  );
}

function variableNamed(name: string, env: Runtime["host"]["env"]): string {
  const value = env[name];
  if (value !== undefined) return value;
  // What is no name may be the token itself: --token-env "$TOKEN".
  const isName = /^[A-Za-z_]\w{0,63}$/.test(name);
  throw new CacheauthError(
    "token-unreadable",
    isName ? `The variable ${name} is not set.` : "What --token-env was given is not the name of a variable.",
    isName
      ? `Export it (export ${name}); a variable of the shell alone is not handed on.`
      : "Give the name without $: --token-env TOKEN.",
  );
}

async function fileNamed(path: string, host: Runtime["host"]): Promise<Uint8Array> {
  try {
    return await host.readFile(path, most + 1);
  } catch (error) {
    // A long name may be the token itself: --token-file "$TOKEN".
    const named =
      path.length > 80 || path.includes("X-Amz-") ? "The file that --token-file names" : `The file ${shown(path)}`;
    throw new CacheauthError(
      "token-unreadable",
      `${named} cannot be read: ${whyUnreadable(error)}.`,
      "Name a file that holds the token and that you may read; - is stdin.",
    );
  }
}
