import { type Notice, shown } from "../errors.ts";
import type { Naming } from "../naming.ts";
import type { CacheHost } from "./cache-host.ts";
import type { Endpoint } from "./endpoint.ts";
import { findForeignHost } from "./foreign-hosts.ts";
import type { HostText } from "./host-text.ts";
import { type Kind, kinds } from "./kinds.ts";

/** What the endpoint beside a name says of itself: all that its form tells, or only what its ending does. */
export interface BesideName {
  readonly text: HostText;
  readonly read: Endpoint | null;
  readonly ending: Pick<CacheHost, "service"> | null;
}

/** The name wins; where the endpoint says otherwise, that is told. */
export function contradictions(kind: Kind, name: string, { text, read, ending }: BesideName, naming: Naming): Notice[] {
  const { label, option, service } = kinds[kind];
  const counts = (what: string) => `${what} counts, as ${naming.option(option)} says.`;
  if (read === null) {
    const foreign = findForeignHost(text.host, text.port);
    if (foreign !== null && foreign.hint !== null) {
      const message = `${shown(text.host)} is ${foreign.is}; ${counts(`the ${label} ${name}`)}`;
      return [{ code: "endpoint-not-a-cache", message }];
    }
    if (ending === null || ending.service === service) return [];
    const owner = ending.service === "memorydb" ? "MemoryDB" : "ElastiCache";
    return [{ code: "kind-differs", message: `The endpoint is one of ${owner}; ${counts(`the ${label} ${name}`)}` }];
  }
  const reads = "The endpoint reads as that of";
  if (read.kind !== kind) {
    const message = `${reads} the ${kinds[read.kind].label} ${read.name}; ${counts(`the ${label} ${name}`)}`;
    return [{ code: "kind-differs", message }];
  }
  // What a doubt offered as the other reading contradicts nothing.
  const offered = read.doubts.length > 0 && read.host.startsWith(`${name}.`);
  if (read.name === name || offered) return [];
  return [{ code: "name-differs", message: `${reads} ${read.name}; ${counts(name)}` }];
}
