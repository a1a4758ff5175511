/** What is in an executable, as a CycloneDX bill of materials; nothing in it tells when or where it was made. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { version } from "../../src/version.ts";
import type { Package } from "./packages.ts";
import { lockedPackage } from "./runtimes.ts";
import { targets } from "./targets.ts";

const root = dirname(dirname(import.meta.dirname));
const self = purl("cacheauth", version);

/** `withDeno` where the release has Deno's executable too. */
export function sbom(packages: readonly Package[], withDeno: boolean): object {
  const deno = lockedPackage("deno").version;
  const runtimes = [bun(), ...(withDeno ? [component("platform", "deno", deno, "MIT")] : [])];
  const runtimeRefs = [purl("bun", lockedPackage("bun").version), ...(withDeno ? [purl("deno", deno)] : [])];
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: { type: "application", "bom-ref": self, name: "cacheauth", version, ...licensed("MIT"), purl: self },
    },
    components: [...runtimes, ...packages.map(library)],
    dependencies: [
      { ref: self, dependsOn: [...runtimeRefs, ...uses("", packages)] },
      ...packages.map((one) => ({ ref: purl(one.name, one.version), dependsOn: uses(one.folder, packages) })),
    ],
  };
}

/** Bun, with the packages that its executables for the platforms come from: each file has one of them inside. */
function bun(): object {
  const { version } = lockedPackage("bun");
  const names = [...new Set(targets.map(({ runtime }) => runtime))];
  return {
    ...component("platform", "bun", version, "MIT"),
    description: "The runtime. What it links statically is listed at https://bun.com/docs/project/license.",
    components: names.map((name) => component("platform", name, lockedPackage(name).version, "MIT")),
  };
}

function library({ name, version, license, folder }: Package): object {
  return component("library", name, version, license, folder);
}

function component(
  type: "library" | "platform",
  name: string,
  version: string,
  license: string,
  folder?: string,
): object {
  const { integrity } = lockedPackage(name, folder);
  const ref = purl(name, version);
  return {
    type,
    "bom-ref": ref,
    name,
    version,
    // What npm's hash is of: the package as it was published.
    hashes: [{ alg: "SHA-512", content: Buffer.from(integrity.replace("sha512-", ""), "base64").toString("hex") }],
    ...licensed(license),
    purl: ref,
  };
}

function licensed(license: string): object {
  return { licenses: [/[ ()]/.test(license) ? { expression: license } : { license: { id: license } }] };
}

/** Those of its dependencies that are inside as well; "" is the project itself. */
function uses(folder: string, packages: readonly Package[]): string[] {
  const { dependencies = {} } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as {
    dependencies?: Record<string, string>;
  };
  return packages.filter(({ name }) => name in dependencies).map(({ name, version }) => purl(name, version));
}

function purl(name: string, version: string): string {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}
