import { sharedFilePaths } from "../aws/shared-files.ts";
import type { Host } from "../runtime.ts";
import { linesOf } from "../session/ini-lines.ts";
import { sectionsOf } from "../session/ini-sections.ts";

const mostBytes = 1 << 20;

/**
 * The profiles of the AWS files, as far as they can be read in no time. Not by the SDK's reader, which costs more than all the rest,
 * nor with its faults told: whoever presses a key has asked for no lecture.
 */
export async function profileNames(host: Host): Promise<readonly string[]> {
  const { configPath, credentialsPath } = sharedFilePaths(host);
  const [config, credentials] = await Promise.all([sections(host, configPath), sections(host, credentialsPath)]);
  const inConfig = config.flatMap((name) => {
    if (name === "default") return [name];
    const profile = /^profile\s+(["']?)(.+)\1$/.exec(name)?.[2];
    return profile === undefined ? [] : [profile];
  });
  return [...new Set([...inConfig, ...credentials])];
}

async function sections(host: Host, path: string | null): Promise<readonly string[]> {
  // A pipe holds up whoever opens it, and a prompt is no place to wait.
  if (path === null || path.startsWith("/dev/")) return [];
  try {
    if ((await host.kindOf(path)) === "other") return [];
    const bytes = await host.readFile(path, mostBytes);
    return sectionsOf(linesOf(new TextDecoder().decode(bytes))).map(({ name }) => name);
  } catch {
    return [];
  }
}
