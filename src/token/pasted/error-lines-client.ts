import type { ErrorLineRow } from "./error-lines-row.ts";

const hidden =
  "A cluster client got the cluster's layout from no node, and keeps to itself what the nodes said: often a WRONGPASS or NOPERM.";
const byHand = "Log in to one node by hand, which shows the reply: `redis-cli --tls -h HOST --user USER --askpass`.";

/**
 * What clients say in place of the server's words. These come last: where the reply or the network's error stands in the
 * same text, that is the one to explain. Wordings from the clients' sources and issues (ioredis#1941, lettuce#1024,
 * jedis#3392, StackExchange.Redis#1721).
 */
export const clientErrorLines = (): readonly ErrorLineRow[] => [
  {
    id: "auth-failed",
    pattern:
      /There was an authentication failure|\bAuthenticationFailure\b|Failed to AUTH connection|Warning: AUTH failed|`AUTH` failed|Password authentication failed|AUTH command failed/,
    means: "The client says that the login was refused, and not how: the server's own words are missing.",
    next: byHand,
  },
  {
    id: "ioredis-cluster",
    pattern: /ClusterAllFailedError|Failed to refresh slots cache|None of startup nodes is available/,
    means: hidden,
    next: "Print the error's lastNodeError, or run with DEBUG=ioredis:*, and look for the reply there.",
  },
  {
    id: "lettuce-cluster",
    pattern:
      /No topology views found|Cannot retrieve (?:initial )?cluster partitions|Unable to establish a connection to Redis Cluster/,
    means: hidden,
    next: "Look for the reply under Caused by and Suppressed in the stack trace.",
  },
  {
    id: "jedis-cluster",
    pattern:
      /Could not initialize cluster slots cache|No reachable node in cluster|NoReachable(?:Cluster)?Nodes?Exception/,
    means: hidden,
    next: byHand,
  },
  {
    id: "redis-py-cluster",
    pattern: /(?:Redis|Valkey) Cluster cannot be connected/,
    means: hidden,
    next: "Look for the reply after the last colon of the line, or under the exception that caused this one.",
  },
  {
    id: "node-redis-cluster",
    pattern: /RootNodesUnavailable|All the root nodes are unavailable/,
    means: hidden,
    next: byHand,
  },
  {
    id: "glide-cluster",
    pattern:
      /AllConnectionsUnavailable|No connections found for multi-node operation|Can't reconnect to initial nodes|Failed to create initial connections/,
    means: hidden,
    next: "Set the client's log level to warn, and look for the reply among its lines.",
  },
  {
    id: "go-cluster",
    pattern: /cluster has no nodes|the slot has no (?:redis|valkey) node/,
    means: hidden,
    next: byHand,
  },
  {
    id: "phpredis-cluster",
    pattern: /Couldn't map cluster keyspace using any provided seed|Can't communicate with any node in the cluster/,
    means: hidden,
    next: byHand,
  },
  {
    id: "redis-rb-cluster",
    pattern: /could not fetch cluster information|Cluster::InitialSetupError/,
    means: hidden,
    next: byHand,
  },
  {
    id: "client-not-connected",
    pattern:
      /Reached the max retries per request limit|It was not possible to connect to the redis server|No connection is (?:active\/)?available to service this operation|Could not get a resource from the pool|RedisConnectionFailureException|RedisConnectionException: Unable to connect|Unable to connect to (?:Redis|Valkey)\b|Could not connect to (?:Redis|Valkey)\b|Error connecting to (?:Redis|Valkey)\b|connection pool timeout/,
    means: "The client says that it has no connection, and not why: the network, TLS or the login may be the cause.",
    next: "Look for the first error that the client logged, under Caused by or before this line, and pass that one.",
  },
];
