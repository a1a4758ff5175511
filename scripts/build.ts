/**
 * Builds everything: `dist/cacheauth` (bun build --compile), `dist/cacheauth-deno` (deno compile, from the same
 * bundle) and the npm package in `dist/npm`. Runs each executable once. Usage: bun scripts/build.ts
 *
 * DENO and DENORT_BIN name another Deno and its runtime, for machines where Deno cannot download its own.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { version } from "../src/version.ts";

const root = dirname(import.meta.dirname);
const path = (name: string) => resolve(root, name);
const tool = (name: string) => path(`node_modules/.bin/${name}`);

async function buildBunExecutable(): Promise<void> {
  const outfile = path("dist/cacheauth");
  await bundle({
    target: "bun",
    bytecode: true,
    compile: {
      outfile,
      // An executable obeys nothing that lies in the working directory.
      autoloadDotenv: false,
      autoloadBunfig: false,
      autoloadTsconfig: false,
      autoloadPackageJson: false,
    },
  });
  runOnce(outfile);
}

async function buildDenoExecutable(): Promise<void> {
  await bundle({ target: "node", outdir: path("dist/bundle") });
  const outfile = path("dist/cacheauth-deno");
  const deno = process.env["DENO"] || tool("deno");
  const flags = ["compile", "--quiet", "--no-check", "--no-config", "--no-lock", "--allow-all", "--no-prompt"];
  const made = spawnSync(deno, [...flags, "--include", "dist/bundle", "--output", outfile, "dist/bundle/main.js"], {
    cwd: root,
    encoding: "utf8",
    timeout: 120_000,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ran = made.status === 0 ? spawnSync(outfile, ["--version"], { encoding: "utf8" }) : made;
  if (ran.stdout?.trim() !== `cacheauth ${version}`) {
    rmSync(outfile, { force: true });
    console.log(
      `built without dist/cacheauth-deno: ${deno === tool("deno") ? "no Deno runtime could be had here (set DENO and DENORT_BIN)" : "the runtime in DENO and DENORT_BIN did not work"}`,
    );
    return;
  }
  console.log("built dist/cacheauth-deno");
}

function buildNpmPackage(): void {
  execFileSync(tool("tsc"), ["--project", "scripts/npm-package.json"], { cwd: root, stdio: "inherit" });
  const bin = path("dist/npm/main.js");
  runOnce(tool("node"), bin);
}

function runOnce(command: string, ...args: string[]): void {
  const said = execFileSync(command, [...args, "--version"], { encoding: "utf8" }).trim();
  if (said !== `cacheauth ${version}`) throw new Error(`${command} says ${said}`);
  console.log(`built ${[command, ...args].at(-1)?.slice(root.length + 1)}`);
}

async function bundle(options: Partial<Bun.BuildConfig>): Promise<void> {
  const result = await Bun.build({
    entrypoints: [path("src/main.ts")],
    minify: true,
    splitting: true,
    format: "esm",
    // Smithy and the SDK resolve to CommonJS under "node"; "module" gives what can be tree-shaken.
    conditions: ["module"],
    plugins: [signerPlugin()],
    ...options,
  } as Bun.BuildConfig);
  for (const log of result.logs) console.error(log);
  if (!result.success) throw new Error("the bundle failed");
}

/** The files of @smithy/core that have what the signer imports. */
const signerImports: Readonly<Record<string, string>> = {
  // Smithy's builds two tables at every start, 1 ms; ours does the same without.
  fromHex: path("src/token/hex.ts"),
  toHex: path("src/token/hex.ts"),
  // The browser's do the same with TextEncoder; Node's bring along Buffer and node:crypto, 4 ms of a start.
  fromUtf8: "serde/util-utf8/fromUtf8.browser.js",
  toUint8Array: "serde/util-utf8/toUint8Array.browser.js",
  isArrayBuffer: "serde/is-array-buffer/is-array-buffer.js",
  writeKey: "serde/writeKey.js",
  hasOwn: "transport/hasOwn.js",
  escapeUri: "protocols/util-uri-escape/escape-uri.js",
  HttpRequest: "transport/httpRequest.js",
  normalizeProvider: "transport/normalizeProvider.js",
};

/**
 * Lets the signer import those files alone. By the package's index files, which the AWS SDK uses as well, its chunk
 * would hold 100 KB that only the SDK needs (scripts/check-bundle.ts watches it): 3 ms more for every token.
 * Rewritten as it is loaded: a resolver for these specifiers was seen to answer for other importers too (Bun 1.4.5).
 */
function signerPlugin(): Bun.BunPlugin {
  const folder = path("node_modules/@smithy/core/dist-es/submodules");
  const fileOf = (name: string) => {
    const file = signerImports[name];
    if (file === undefined) throw new Error(`the signer imports ${name}, for which scripts/build.ts names no file`);
    return JSON.stringify(resolve(folder, file));
  };
  return {
    name: "signer-imports",
    setup(build) {
      // By its "module" field, which a build for Node would pass over for the CommonJS of "main".
      build.onResolve({ filter: /^@smithy\/signature-v4$/ }, () => ({
        path: path("node_modules/@smithy/signature-v4/dist-es/index.js"),
      }));
      build.onLoad({ filter: /signature-v4[\\/]dist-es[\\/][^\\/]*\.js$/ }, async ({ path: file }) => {
        const code = await Bun.file(file).text();
        if (!file.includes("@smithy")) return { contents: code, loader: "js" };
        const contents = code.replace(/import \{([^}]*)\} from "@smithy\/core\/[a-z]+";/g, (_, names: string) =>
          names
            .split(",")
            .map((name) => `import { ${name.trim()} } from ${fileOf(name.trim())};`)
            .join("\n"),
        );
        return { contents, loader: "js" };
      });
    },
  };
}

rmSync(path("dist"), { recursive: true, force: true });
await buildBunExecutable();
await buildDenoExecutable();
buildNpmPackage();
