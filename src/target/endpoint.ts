import { CacheauthError, shown } from "../errors.ts";
import { type Naming, optionNaming } from "../naming.ts";
import { checkSuffix, readCacheHost } from "./cache-host.ts";
import { type EndpointForm, elastiCacheForms, memoryDbForms } from "./endpoint-forms.ts";
import { findForeignHost, nameTheCache } from "./foreign-hosts.ts";
import { type HostText, readHostText } from "./host-text.ts";
import { type Kind, kinds, type Service } from "./kinds.ts";

/** What a host name tells about the cache behind it. */
export interface Endpoint {
  readonly host: string;
  /** As given; null where none was, and then caches listen on 6379. */
  readonly port: number | null;
  readonly service: Service;
  readonly kind: Kind;
  readonly name: string;
  /** Null where the short code in the host is not known. */
  readonly region: string | null;
  /** The short region code of an ElastiCache host; null for MemoryDB, which spells the region. */
  readonly regionCode: string | null;
  /** The id of the form that the host has. */
  readonly form: string;
  /** What may have been misread, and how to override it, one line each. Empty where the host is clear. */
  readonly doubts: readonly string[];
  /** The user in a URL, if it had one before a password. It is not used: say it with a flag. */
  readonly userInUrl: string | null;
  /** What was taken off the text that was given. */
  readonly tidied: readonly string[];
}

/**
 * Reads service, kind, name, region and port off an endpoint, whatever it was pasted with.
 *
 * @param text a host, `HOST:PORT` or URL
 * @throws CacheauthError with code `endpoint-is-a-name`, `endpoint-not-a-cache`, `endpoint-unknown`,
 *   `endpoint-malformed` or `port-invalid`
 * @example
 * ```ts
 * const endpoint = parseEndpoint("rediss://master.my-cache.abc123.use1.cache.amazonaws.com:6379");
 * endpoint.name; // "my-cache"
 * endpoint.region; // "us-east-1"
 * ```
 */
export function parseEndpoint(text: string): Endpoint {
  return readEndpoint(readHostText(text), optionNaming);
}

export function readEndpoint(given: HostText, naming: Naming): Endpoint {
  const { host, port, userInUrl, tidied } = given;
  const read = readCacheHost(host, naming);
  const labels = read?.labels ?? "";
  // Memcached listens on 11211 under the same names.
  const forms = read?.service === "memorydb" ? memoryDbForms : port === 11_211 ? [] : elastiCacheForms;
  const form = read ? forms.find((row) => row.pattern.test(labels)) : undefined;
  const name = form?.pattern.exec(labels)?.groups?.["name"];
  if (!read || !form || name === undefined) throw noEndpoint(host, port, labels, naming);

  checkSuffix(host, read);
  const doubts = doubtsOf(form, name, labels, naming);
  if (read.doubt !== null) doubts.push(read.doubt);
  const { region, regionCode } = read;
  const { kind, id } = form;
  return {
    host,
    port,
    service: kinds[kind].service,
    kind,
    name,
    region,
    regionCode,
    form: id,
    doubts,
    userInUrl,
    tidied,
  };
}

function noEndpoint(host: string, port: number | null, labels: string, naming: Naming): CacheauthError {
  const foreign = findForeignHost(host, port);
  if (foreign) {
    const hint = foreign.hint ?? nameTheCache("If it leads to a cache (a tunnel, a CNAME)", naming);
    return new CacheauthError("endpoint-not-a-cache", `${shown(host)} is ${foreign.is}.`, hint);
  }
  return host.includes(".") ? isUnknown(host, labels, naming) : isAName(host, naming);
}

function isAName(host: string, { option }: Naming): CacheauthError {
  const one = option("memorydbCluster", host.length > 80 ? "NAME" : host);
  return new CacheauthError(
    "endpoint-is-a-name",
    `${shown(host)} is a name, not an endpoint, and does not tell what it names.`,
    `Say which it is: ${option("replicationGroupId")}, ${option("serverlessCacheName")} or ${one}.`,
  );
}

function isUnknown(host: string, labels: string, naming: Naming): CacheauthError {
  const node = /^(?<node>[^.]+)\.(?<name>[^.]+)\.[^.]+$/.exec(labels)?.groups;
  if (node) {
    return new CacheauthError(
      "endpoint-unknown",
      `${shown(host)} names two things, ${shown(node["node"] ?? "")} and ${shown(node["name"] ?? "")}.`,
      `Say which is the cache: ${naming.option("replicationGroupId", "NAME")} or ${naming.option("memorydbCluster", "NAME")}.`,
    );
  }
  return new CacheauthError(
    "endpoint-unknown",
    `${shown(host)} is not an endpoint that ElastiCache or MemoryDB gives out.`,
    nameTheCache("If it leads to a cache", naming),
  );
}

function doubtsOf(form: EndpointForm, name: string, labels: string, naming: Naming): string[] {
  const first = labels.split(".")[0] ?? "";
  const pass = (value: string) => `pass ${naming.option(kinds[form.kind].option, value)}`;
  switch (form.doubt) {
    case "node-suffix":
      return [`Read ${name} as the name, ${first} being one of its nodes; if the name is ${first}, ${pass(first)}.`];
    case "reader-suffix":
      return [`Read ${name} as the name, -ro being its reader endpoint; if the name is ${first}, ${pass(first)}.`];
    case "lone-node":
      return [
        `Read ${name} as a replication group; a cache cluster that is in none has no IAM. If its group has another id, ${pass("ID")}.`,
      ];
    case "bare":
      return [
        `Read ${name} as the name of a replication group, though its endpoints begin with master. or clustercfg.; if that is wrong, ${pass("NAME")}.`,
      ];
    case null:
      return [];
  }
}
