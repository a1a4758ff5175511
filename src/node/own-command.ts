import { deno, isBun } from "./which-runtime.ts";

/** An executable is its own program; a runtime has to be told which. */
export function ownCommand(): readonly string[] {
  const { execPath, execArgv, argv } = process;
  const script = argv[1] ?? "";
  if (isBun) return /^(?:\/\$bunfs\/|[A-Z]:[\\/]~BUN[\\/])/.test(script) ? [execPath] : [execPath, ...execArgv, script];
  if (deno) {
    // By another name of the same file: to its own path Deno's child_process hands the arguments as it thinks Node's are meant.
    const program = execPath.replace(/([/\\])([^/\\]*)$/, "$1.$1$2");
    return deno.build.standalone ? [program] : [program, "run", "--allow-all", script];
  }
  return [execPath, ...execArgv, script];
}
