/** Programs, found as execvp finds them. */
import { access, constants, stat } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { Host } from "../runtime.ts";

const isWindows = process.platform === "win32";

/** What POSIX takes where the environment has no PATH (confstr's _CS_PATH on glibc and macOS, in short). */
const defaultPath = "/usr/bin:/bin";

/** The path of a program. Rejects with ENOENT where there is none, EACCES where what is there cannot be executed. */
export async function findProgram(name: string, env: Host["env"]): Promise<string> {
  const isPath = namesFolder(name, isWindows);
  const folders = isPath ? [""] : (env["PATH"] ?? defaultPath).split(delimiter);
  const suffixes = isWindows ? ["", ...(env["PATHEXT"] ?? ".EXE;.CMD;.BAT").split(";")] : [""];
  let failure: Error = Object.assign(new Error("no such program"), { code: "ENOENT" });
  for (const folder of name === "" ? [] : folders) {
    for (const suffix of suffixes) {
      // An empty entry of PATH is the folder one is in; a name with a slash is a path already.
      const path = isPath ? name + suffix : join(folder || ".", name + suffix);
      const fault = await programFault(path);
      if (fault === null) return isPath || folder !== "" ? path : `./${path}`;
      if (fault === "EACCES") failure = Object.assign(new Error("not executable"), { code: "EACCES" });
    }
  }
  throw failure;
}

/** Whether it is a path, and not a name to be looked for: on Windows backslashes and drives tell that as well. */
export function namesFolder(name: string, windows: boolean): boolean {
  return windows ? /[\\/]|^[A-Za-z]:/.test(name) : name.includes("/");
}

export async function isProgram(path: string): Promise<boolean> {
  return (await programFault(path)) === null;
}

async function programFault(path: string): Promise<"ENOENT" | "EACCES" | null> {
  try {
    if (!(await stat(path)).isFile()) return "EACCES";
    if (!isWindows) await access(path, constants.X_OK);
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EACCES" ? "EACCES" : "ENOENT";
  }
}
