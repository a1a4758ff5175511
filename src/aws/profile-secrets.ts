import type { Report } from "../terminal/report.ts";
import type { Profiles } from "./shared-files.ts";

/** All that the files hold, before anything is asked: whoever answers may repeat it. */
export function hideSecretsIn(profiles: Profiles, report: Pick<Report, "hide">): void {
  for (const settings of Object.values(profiles)) {
    report.hide(settings["aws_secret_access_key"]);
    report.hide(settings["aws_session_token"]);
    for (const [, value] of (settings["credential_process"] ?? "").matchAll(secretArgument)) report.hide(value);
  }
}

/** `--password VALUE`, `TOKEN=VALUE` and the like in a command line: the command may repeat it when it fails. */
const secretArgument = /(?:secret|token|pass\w*|pin|code|key)[= ]+["']?([^\s"']+)/gi;
