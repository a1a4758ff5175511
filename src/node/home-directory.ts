import type { Host } from "../runtime.ts";

/** As the AWS SDK looks for it: the variables, then the system. */
export function homeDirectory({ HOME, USERPROFILE }: Host["env"]): string | null {
  if (HOME || USERPROFILE) return HOME || USERPROFILE || null;
  try {
    return process.getBuiltinModule?.("node:os").homedir() || null;
  } catch {
    return null;
  }
}
