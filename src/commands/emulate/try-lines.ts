import { quoted, type Shell, setLine, unsetLine, withOutputLine } from "../../session/shell-lines.ts";
import { kinds } from "../../target/kinds.ts";
import { flagNaming } from "../flag-naming.ts";
import { addressText } from "./address.ts";
import type { Listening } from "./text.ts";

/** AWS_PROFILE would win over the keys, and a session token of other keys would be signed in. */
export function environmentLines({ credentials, target }: Listening, shell: Shell): string[] {
  const set = (name: string, value: string) => setLine(name, value, shell);
  return [
    unsetLine("AWS_PROFILE", shell),
    unsetLine("AWS_SESSION_TOKEN", shell),
    set("AWS_ACCESS_KEY_ID", credentials.accessKeyId),
    set("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey ?? ""),
    set("AWS_REGION", target.region),
  ];
}

/** A probe of it, and a login by redis-cli. */
export function commandLines({ endpoint, nodes, target, user, caFile }: Listening, shell: Shell): string[] {
  const { host, port } = endpoint;
  const names = `${flagNaming.option(kinds[target.kind].option, target.name)} -u ${user} -r ${target.region}`;
  const ca = caFile === null ? "" : wordOf(caFile, shell);
  const probeTls = caFile === null ? "--no-tls" : `--ca ${ca}`;
  const cliTls = caFile === null ? "" : `--tls --cacert ${ca} `;
  const cluster = nodes === null ? "" : "-c ";
  const ping = `redis-cli ${cluster}${cliTls}-h ${host} -p ${port} --user ${user} PING`;
  return [
    `cacheauth probe ${addressText(endpoint)} ${names} ${probeTls}`,
    withOutputLine("REDISCLI_AUTH", `cacheauth token ${names}`, ping, shell),
  ];
}

/** The backslashes of Windows' paths are plain text to PowerShell alone. */
function wordOf(path: string, shell: Shell): string {
  const plain = shell === "powershell" ? /^[\w:./\\-]+$/ : /^[\w@%+=:,./-]+$/;
  return plain.test(path) ? path : quoted(path, shell);
}
