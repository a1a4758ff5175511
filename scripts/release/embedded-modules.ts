/** The bundle's modules as they lie in an executable that Bun made; how files that cannot be run here are known to hold it. */

const trailer = Buffer.from("\n---- Bun! ----\n", "latin1");
const start = Buffer.from("// @bun @bytecode", "latin1");

/**
 * The source of each module, with what depends on the platform made alike: the prefix of paths, and the chunks' names, which
 * hash it.
 */
export function embeddedModules(file: Buffer): readonly string[] {
  const payload = embeddedPayload(file);
  const modules: string[] = [];
  for (let at = payload.indexOf(start); at >= 0; at = payload.indexOf(start, at + 1)) {
    const source = payload.toString("utf8", at, payload.indexOf(0, at));
    modules.push(source.replaceAll("B:/~BUN/root/", "/$bunfs/root/").replace(/chunk-[a-z0-9]{8}/g, "chunk"));
  }
  return modules.sort();
}

/** What Bun put behind itself: the last 32 bytes before its trailer begin with the length. */
function embeddedPayload(file: Buffer): Buffer {
  const end = file.lastIndexOf(trailer);
  const length = end < 32 ? 0 : Number(file.readBigUInt64LE(end - 32));
  if (length < 1000 || length > end) throw new Error("no bundle is embedded where Bun 1.4 puts it");
  return file.subarray(end - length, end);
}
