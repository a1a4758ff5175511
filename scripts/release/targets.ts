/** The platforms that a release has an executable for, all made by Bun. */
export interface Target {
  /** As it stands in the file's name. */
  readonly name: string;
  /** The npm package of Bun for that platform; package-lock.json has its version and hash. */
  readonly runtime: string;
  /** Bun's own name of the platform. */
  readonly bun: Bun.Build.CompileTarget;
  readonly format: "ELF" | "Mach-O" | "PE";
  readonly architecture: "x64" | "arm64";
  /** What starts it on Linux: it tells glibc from musl. */
  readonly loader: string | null;
}

export const targets: readonly Target[] = [
  elf("linux-x64", "bun-linux-x64", "bun-linux-x64", "x64", "/lib64/ld-linux-x86-64.so.2"),
  // Since 1.4 Bun's one file for x64 runs on both, and picks faster code where the processor has it. Kept under this name for who looks for it.
  elf("linux-x64-baseline", "bun-linux-x64", "bun-linux-x64", "x64", "/lib64/ld-linux-x86-64.so.2"),
  elf("linux-arm64", "bun-linux-aarch64", "bun-linux-arm64", "arm64", "/lib/ld-linux-aarch64.so.1"),
  elf("linux-x64-musl", "bun-linux-x64-musl", "bun-linux-x64-musl", "x64", "/lib/ld-musl-x86_64.so.1"),
  elf("linux-arm64-musl", "bun-linux-aarch64-musl", "bun-linux-arm64-musl", "arm64", "/lib/ld-musl-aarch64.so.1"),
  other("darwin-x64", "bun-darwin-x64", "Mach-O", "x64"),
  other("darwin-arm64", "bun-darwin-aarch64", "Mach-O", "arm64"),
  other("windows-x64", "bun-windows-x64", "PE", "x64"),
  other("windows-arm64", "bun-windows-aarch64", "PE", "arm64"),
];

/** What the executable is called inside its archive. One name for all: it gets into the bytes. */
export function executableName({ format }: Target): string {
  return format === "PE" ? "cacheauth.exe" : "cacheauth";
}

function elf(
  name: string,
  runtime: string,
  bun: Bun.Build.CompileTarget,
  architecture: Target["architecture"],
  loader: string,
): Target {
  return { name, runtime: `@oven/${runtime}`, bun, format: "ELF", architecture, loader };
}

function other(
  name: "darwin-x64" | "darwin-arm64" | "windows-x64" | "windows-arm64",
  runtime: string,
  format: Target["format"],
  architecture: Target["architecture"],
): Target {
  return { name, runtime: `@oven/${runtime}`, bun: `bun-${name}`, format, architecture, loader: null };
}
