import { CacheauthError, type Notice, shown } from "../errors.ts";
import type { Naming } from "../naming.ts";
import { type CacheHost, checkSuffix, readCacheHost } from "./cache-host.ts";
import { contradictions } from "./contradictions.ts";
import { type Endpoint, readEndpoint } from "./endpoint.ts";
import { type HostText, readHostText } from "./host-text.ts";
import { allKinds, type Kind, kinds, type Target } from "./kinds.ts";
import { checkCacheName } from "./names.ts";
import { checkRegion, isKnownRegion, partitionOf } from "./regions.ts";

/** What a person said about the target; absent is undefined. */
export interface TargetWords {
  /** The argument or --endpoint: a host, `HOST:PORT` or URL. */
  readonly endpoint?: string | undefined;
  readonly replicationGroupId?: string | undefined;
  readonly serverlessCacheName?: string | undefined;
  readonly memorydbCluster?: string | undefined;
}

/** The target as far as the words tell; the region may still come from the environment or a profile. */
export interface TargetDraft {
  readonly kind: Kind;
  readonly name: string;
  readonly region: string | null;
  readonly regionCode: string | null;
  readonly endpoint: { readonly host: string; readonly port: number } | null;
  readonly userInUrl: string | null;
  readonly notices: readonly Notice[];
  /** How the words were read, for -v. */
  readonly decisions: readonly string[];
  /** By whom it was asked for. */
  readonly naming: Naming;
}

/** Reads the words; a name wins over what the endpoint says, and a contradiction is a notice. */
export function draftTarget(words: TargetWords, naming: Naming): TargetDraft {
  const named = onlyName(words, naming);
  if (words.endpoint === undefined) {
    if (named === null) throw missing(naming);
    const { value, notices } = checkCacheName(named.kind, named.name, naming);
    return {
      kind: named.kind,
      name: value,
      region: null,
      regionCode: null,
      endpoint: null,
      userInUrl: null,
      notices,
      decisions: [],
      naming,
    };
  }
  const text = readHostText(words.endpoint);
  const read = named === null ? readEndpoint(text, naming) : readEndpointIfAny(text, naming);
  const ending = read ?? readCacheHost(text.host, naming);
  const kind = named?.kind ?? read?.kind;
  const name = named?.name ?? read?.name;
  if (kind === undefined || name === undefined) throw missing(naming);
  const checked = checkCacheName(kind, name, naming);
  const beside = named === null ? [] : contradictions(kind, checked.value, { text, read, ending }, naming);
  return {
    kind,
    name: checked.value,
    region: ending?.region ?? null,
    regionCode: ending?.regionCode ?? null,
    endpoint: { host: text.host, port: text.port ?? 6379 },
    userInUrl: text.userInUrl,
    notices: [...checked.notices, ...beside],
    decisions: decisionsOf(text, read, ending, named !== null, naming),
    naming,
  };
}

/** Puts the region in: the one that was asked for, then the endpoint, then `fallback` (environment or profile). */
export function finishTarget(
  draft: TargetDraft,
  asked: string | undefined,
  fallback: string | undefined,
): { readonly target: Target; readonly notices: readonly Notice[] } {
  const region = checkRegion(asked ?? draft.region ?? fallback ?? "", draft.naming);
  const notices: Notice[] = [];
  if (asked !== undefined && draft.region !== null && draft.region !== region) {
    notices.push({
      code: "region-differs",
      message: `The endpoint is in ${draft.region}, but ${region} counts, as ${draft.naming.option("region")} says.`,
    });
  }
  if (!isKnownRegion(region)) {
    notices.push({
      code: "region-unknown",
      message: `${region} is no region that cacheauth knows; check its spelling.`,
    });
  }
  const { kind, name, endpoint } = draft;
  return {
    target: { service: kinds[kind].service, kind, name, region, partition: partitionOf(region), endpoint },
    notices,
  };
}

function onlyName(words: TargetWords, { option }: Naming): { kind: Kind; name: string } | null {
  const nameOf: Record<Kind, string | undefined> = {
    "replication-group": words.replicationGroupId,
    "serverless-cache": words.serverlessCacheName,
    "memorydb-cluster": words.memorydbCluster,
  };
  const given = allKinds.filter((kind) => nameOf[kind] !== undefined);
  const [kind, other] = given;
  if (kind === undefined) return null;
  if (other !== undefined) {
    throw new CacheauthError(
      "target-conflict",
      `${option(kinds[kind].option)} and ${option(kinds[other].option)} name two targets.`,
      "A token is for one: keep one of them.",
    );
  }
  return { kind, name: nameOf[kind] ?? "" };
}

function missing({ option, endpointPlace, elsewhere }: Naming): CacheauthError {
  const names = allKinds.map((kind) => option(kinds[kind].option)).join(", ");
  return new CacheauthError(
    "target-missing",
    "No target: neither an endpoint nor a name was given.",
    `Give the endpoint as ${endpointPlace}, or one of ${names}${elsewhere}.`,
  );
}

/** With a name beside it, an endpoint is only where to connect: any host will do, a tunnel's too. */
function readEndpointIfAny(text: HostText, naming: Naming): Endpoint | null {
  try {
    return readEndpoint(text, naming);
  } catch (error) {
    // What cannot be the address of anything is no place to connect to either.
    if (!(error instanceof CacheauthError) || error.code === "endpoint-malformed") throw error;
    const ending = readCacheHost(text.host, naming);
    if (ending !== null) checkSuffix(text.host, ending);
    return null;
  }
}

function decisionsOf(
  text: HostText,
  read: Endpoint | null,
  ending: Pick<CacheHost, "region"> | null,
  named: boolean,
  naming: Naming,
): string[] {
  const tidied = text.tidied.length > 0 ? [`Tidied in the endpoint: ${text.tidied.join(", ")}.`] : [];
  if (read === null) {
    const region = ending?.region ? ` and for its region, ${ending.region}` : "";
    return [...tidied, `${shown(text.host)} is taken only as the place to connect to${region}.`];
  }
  const { label, option } = kinds[read.kind];
  return [
    ...tidied,
    `By its form the endpoint is that of the ${label} ${read.name}; ${naming.option(option)} would override it.`,
    ...(named ? [] : read.doubts),
  ];
}
