/** What Linux tells of a process in /proc. */
import { access, constants, readFile } from "node:fs/promises";
import type { TerminalPlace } from "../runtime.ts";

/** By proc(5), /proc/self/stat: the process group is field 5, that in the terminal's foreground field 8, -1 without one. */
export async function terminalPlace(): Promise<TerminalPlace> {
  try {
    const fields = fieldsOf(await readFile("/proc/self/stat", "latin1"));
    const [group, front] = [fields[2], fields[5]];
    return front === "-1" ? "none" : front === group ? "foreground" : "background";
  } catch {
    // No Linux. Opening /dev/tty fails where there is no controlling terminal.
    return access("/dev/tty", constants.R_OK).then(
      () => "foreground",
      () => "none",
    );
  }
}

/** The fields of a line of /proc/PID/stat from the third on: the second, a name in brackets, may have anything in it. */
export function fieldsOf(line: string): readonly string[] {
  return line.slice(line.lastIndexOf(")") + 2).split(" ");
}
