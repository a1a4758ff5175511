import type { Failure } from "../../client/keep-fresh.ts";
import type { Host, Runtime } from "../../runtime.ts";
import type { Report } from "../../terminal/report.ts";
import { asCacheauthError } from "../../terminal/report.ts";
import type { Token } from "../../token/create-token.ts";
import { formatTime } from "../../token/time.ts";
import { freshToken } from "../fresh-token.ts";
import type { OwnToken } from "../own-token.ts";
import { fileFault, writeTokenFile } from "../token-file.ts";

export interface PrivateTokenFile {
  readonly token: Token;
  readonly path: string;
  /** Keeps it fresh no more, and removes it. */
  remove(): Promise<void>;
}

/** A token in a file in a folder of its own, kept fresh. Rejects, and leaves nothing, where no first one can be made. */
export async function openTokenFile(
  own: OwnToken,
  hasMfaCode: boolean,
  runtime: Runtime,
  report: Report,
): Promise<PrivateTokenFile> {
  const { host } = runtime;
  // Made with the first token: whoever interrupts while AWS is asked leaves nothing.
  let folder: string | null = null;
  let isOpen = false;
  const fresh = freshToken({
    ...{ own, runtime, hasMfaCode, everyMs: null },
    async write(token) {
      folder ??= await makeFolder(host);
      await writeTokenFile(`${folder}/token`, token.token ?? "", host);
    },
    failed(failure) {
      if (isOpen && isFirstRound(failure)) void report.logNotice(staleNotice(failure));
    },
  });
  const remove = async () => {
    fresh.stop();
    if (folder !== null) await host.removeFolder(folder);
  };
  try {
    const token = await fresh.current();
    isOpen = true;
    return { token, path: `${folder}/token`, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function makeFolder(host: Host): Promise<string> {
  try {
    return await host.makePrivateFolder("cacheauth-exec-");
  } catch (error) {
    throw fileFault(`${host.env["TMPDIR"] || "/tmp"}/cacheauth-exec-…/token`, error);
  }
}

/** The command has the terminal: one line for each time that something breaks. */
function isFirstRound({ tries, isLast }: Failure): boolean {
  return isLast && tries <= 8;
}

function staleNotice({ error, nextAt }: Failure) {
  const { code, message } = asCacheauthError(error);
  return {
    code,
    message: `The token file could not be refreshed: ${message} It is tried again, next at ${formatTime(nextAt)}.`,
  };
}
