/** How an executable of another platform is run on this machine, with what foreign-roots.sh has fetched. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Target } from "./targets.ts";

const root = dirname(dirname(import.meta.dirname));
const foreignRoots = join(root, "node_modules/.cache/foreign-roots");

/** This machine's, as targets.ts names it. */
export const ownPlatform: string = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;

export interface WayToRun {
  readonly command: readonly string[];
  /** As the manifest says it. */
  readonly how: string;
}

/** Fetches what is missing. What cannot be had is said by what is printed, and by the manifest: built but not run. */
export function makeForeignRoots(wanted: readonly Target[]): void {
  if (ownPlatform !== "linux-x64") return;
  const script = join(root, "scripts/release/foreign-roots.sh");
  try {
    execFileSync("bash", [script, foreignRoots, ...wanted.map(({ name }) => name)], {
      stdio: ["ignore", "ignore", "pipe"],
    });
  } catch (error) {
    const said = String((error as { stderr?: unknown }).stderr ?? error).trim();
    console.log(`not every platform's files can be run here: ${said}`);
  }
}

/** Null where it cannot be run here. */
export function wayToRun({ name }: Pick<Target, "name">, executable: string): WayToRun | null {
  if (name === ownPlatform) return { command: [executable], how: "run" };
  const foreign = join(foreignRoots, name);
  return existsSync(foreign) ? (ways[name]?.(foreign, executable) ?? null) : null;
}

const ways: Readonly<Record<string, (foreign: string, executable: string) => WayToRun | null>> = {
  "linux-x64-baseline": (foreign, executable) => ({
    command: [join(foreign, "qemu"), "-cpu", "Nehalem", executable],
    how: "run in QEMU, as on a processor of 2008",
  }),
  "linux-arm64": inQemu,
  "linux-arm64-musl": inQemu,
  "linux-x64-musl": (foreign, executable) => ({
    command: [join(foreign, "lib/ld-musl-x86_64.so.1"), "--library-path", join(foreign, "lib"), executable],
    how: "run with musl",
  }),
  "windows-x64": inWine,
};

/** The platforms, besides this machine's own, whose files a Debian x64 machine can run. */
export const runnable: readonly string[] = Object.keys(ways);

function inQemu(foreign: string, executable: string): WayToRun {
  return { command: [join(foreign, "qemu"), "-L", foreign, executable], how: "run in QEMU" };
}

/** Wine brings a root of its own, with a newer C library than this machine may have: changing to it is root's alone. */
function inWine(foreign: string, executable: string): WayToRun | null {
  if (process.getuid?.() !== 0) return null;
  // Wine's own files are made beside the executable, once. Its server outlives the program by seconds, and then writes some.
  const script = `root=$1 folder=$2 program=$3; shift 3
mkdir -p "$folder/prefix" "$root/program"
mount -t proc proc "$root/proc" && mount --bind /dev "$root/dev" || exit 125
mount --bind "$folder/prefix" "$root/prefix" && mount --bind "$folder" "$root/program" || exit 125
export HOME=/prefix WINEPREFIX=/prefix WINEDEBUG=-all
chroot "$root" /usr/lib/wine/wine64 "/program/$program" "$@"
status=$?
chroot "$root" /usr/lib/wine/wineserver64 -w
exit $status`;
  const place = [foreign, dirname(executable), basename(executable)];
  return { command: ["unshare", "--mount", "sh", "-c", script, "sh", ...place], how: "run in Wine" };
}
