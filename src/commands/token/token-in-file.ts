import type { Token } from "../../token/create-token.ts";
import { planToken } from "../own-token.ts";
import { writeTokenFile } from "../token-file.ts";
import { fileOptions, type TokenCall } from "./file-options.ts";
import { openStatusFile } from "./status.ts";

/** `token --output`: writes the file once, or keeps it fresh. Resolves to the exit code. */
export async function tokenInFile(call: TokenCall, expiresIn: number): Promise<number> {
  const { runtime, report } = call;
  const { host } = runtime;
  const options = fileOptions(call, expiresIn);
  const own = await planToken(call, expiresIn);
  options.format.check(own.target);
  if (options.watch) {
    const { watchToken } = await import("./watch.ts");
    return watchToken(call, own, options);
  }
  const { file, statusFile, onRefresh } = options;
  const status = statusFile === null ? null : await openStatusFile(statusFile, file, host);
  const token = await own.make(await own.findCredentials(), host.now());
  await writeTokenFile(file, options.format.file(token), host);
  await status?.succeeded(token, null);
  const notices = [...token.notices];
  if (onRefresh !== null) {
    const hooks = await import("./on-refresh.ts");
    const hook = hooks.onRefresh(onRefresh, file, host, (what) => notices.push(hookFailed(what)));
    hook.run();
    await hook.ended();
  }
  await report.answer({ ...inFile(token, file), notices }, () => "");
  return 0;
}

/** What is told of it: not the token. */
export function inFile(token: Token, file: string): Token {
  return { ...token, token: null, file };
}

export function hookFailed(what: string) {
  return { code: "on-refresh-failed", message: `The command of --on-refresh ${what}.` };
}
