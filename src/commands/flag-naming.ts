import type { Naming, OptionName } from "../naming.ts";

/** What the library calls by another name, or has in another form. */
const flagOf: Readonly<Record<OptionName, string>> = {
  endpoint: "endpoint",
  replicationGroupId: "replication-group-id",
  serverlessCacheName: "serverless-cache-name",
  memorydbCluster: "memorydb-cluster",
  region: "region",
  fault: "fault",
  names: "name",
  plaintext: "plaintext",
  upstream: "upstream",
};

/** The command line's words for what can be given to it. */
export const flagNaming: Naming = {
  option: (name, value) => `--${flagOf[name]}${value === undefined ? "" : ` ${value}`}`,
  endpointPlace: "the argument",
  elsewhere: ", or set CACHEAUTH_ENDPOINT",
};
