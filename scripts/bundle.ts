/**
 * How src/main.ts becomes one bundle, for whichever runtime: scripts/build.ts and scripts/release.ts build with it, so
 * that what is tested is what is released.
 */
import { dirname, resolve } from "node:path";

const root = dirname(import.meta.dirname);
const path = (name: string) => resolve(root, name);

/** An executable by Bun. For another platform: Bun's name of it, and the Bun that was made for it. */
export function bundleExecutable(
  outfile: string,
  platform?: { readonly target: Bun.Build.CompileTarget; readonly executablePath: string },
): Promise<Bun.BuildOutput> {
  return bundle({
    target: "bun",
    bytecode: true,
    compile: {
      ...platform,
      outfile,
      // An executable obeys nothing that lies in the working directory.
      autoloadDotenv: false,
      autoloadBunfig: false,
      autoloadTsconfig: false,
      autoloadPackageJson: false,
    },
  });
}

export async function bundle(options: Partial<Bun.BuildConfig>): Promise<Bun.BuildOutput> {
  // The chunks' names come from the files' paths as seen from here: built from elsewhere, the bytes would be others.
  process.chdir(root);
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
  return result;
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
    if (file === undefined) throw new Error(`the signer imports ${name}, for which scripts/bundle.ts names no file`);
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
