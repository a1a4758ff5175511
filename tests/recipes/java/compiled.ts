import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { notRun, type Program } from "../../app/program.ts";

const cache = join(dirname(dirname(dirname(import.meta.dirname))), "node_modules/.cache/java");

/**
 * The recipes, compiled, with the packages that they need: kept between runs beside the installed npm packages, until one
 * of the sources is another. Null, and said, where Java or Maven Central cannot be had.
 */
export function compiled(): ((recipe: string, temporary: string) => Program) | null {
  const sources = readdirSync(import.meta.dirname).filter((name) => /\.(java|xml)$/.test(name));
  const hash = createHash("sha256");
  for (const name of sources.sort()) hash.update(readFileSync(join(import.meta.dirname, name)));
  const folder = join(cache, hash.digest("hex").slice(0, 16));
  if (!has("java") || (!existsSync(folder) && !compile(sources, folder))) return null;
  const path = `${join(folder, "classes")}:${join(folder, "packages")}/*`;
  // GLIDE unpacks its native part where temporary files go.
  return (recipe, temporary) => ({
    name: recipe,
    command: ["java", "-XX:+UseSerialGC", `-Djava.io.tmpdir=${temporary}`, "-cp", path, recipe],
  });
}

function compile(sources: readonly string[], folder: string): boolean {
  if (!has("javac") || !has("mvn")) return false;
  const making = `${folder}-${process.pid}`;
  mkdirSync(making, { recursive: true });
  try {
    if (!fetched(making)) return cannot("whose packages Maven could not get");
    const java = sources.filter((name) => name.endsWith(".java")).map((name) => join(import.meta.dirname, name));
    const packages = `${join(making, "packages")}/*`;
    const args = ["--release", "17", "-nowarn", "-d", join(making, "classes"), "-cp", packages, ...java];
    const { status, stderr } = spawnSync("javac", args, { encoding: "utf8" });
    if (status !== 0) throw new Error(`the recipes do not compile: ${stderr}`);
    // Whole at once, and in place of those of other sources.
    for (const name of readdirSync(cache)) {
      if (!name.includes("-")) rmSync(join(cache, name), { recursive: true, force: true });
    }
    renameSync(making, folder);
    return true;
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

/** From Maven's own cache where it has them all, else from where it gets them. */
function fetched(making: string): boolean {
  const args = ["-q", "-B", "-f", join(import.meta.dirname, "pom.xml"), "dependency:copy-dependencies"];
  const to = `-DoutputDirectory=${join(making, "packages")}`;
  return [["-o"], []].some(
    (how) => spawnSync("mvn", [...how, ...args, to], { stdio: "ignore", timeout: 100_000 }).status === 0,
  );
}

function has(program: string): boolean {
  return spawnSync(program, ["-version"], { stdio: "ignore" }).status === 0 || cannot(`for want of ${program}`);
}

function cannot(why: string): false {
  notRun(`the recipes for Java, ${why}`);
  return false;
}
