import type { ErrorLineRow } from "./error-lines-row.ts";

const tryByHand = "Try it by hand from the same machine: `openssl s_client -connect HOST:6379`.";

/** Network errors in the words of the systems and runtimes. */
export const networkErrorLines = (): readonly ErrorLineRow[] => [
  {
    id: "name-not-found",
    pattern:
      /\bENOTFOUND\b|\bEAI_AGAIN\b|Name or service not known|nodename nor servname provided|\bno such host\b|UnknownHostException|failure in name resolution|getaddrinfo failed|Failed to resolve|No address associated with hostname|Name does not resolve|No such host is known/i,
    means: "The host name of the cache was not found; nothing was connected.",
    next: "Ask for it from the same machine: nslookup HOST; compare it with the endpoint in the console of AWS.",
  },
  {
    id: "connect-refused",
    pattern: /\bECONNREFUSED\b|connection refused|actively refused it/i,
    means: "Nothing takes connections at that host and port; no login was tried.",
    next: `Compare host and port with the endpoint in the console of AWS. ${tryByHand}`,
  },
  {
    id: "unreachable",
    pattern: /\bEHOSTUNREACH\b|\bENETUNREACH\b|No route to host|Network is unreachable/i,
    means: "There is no way through the network to that host; no login was tried.",
    next: "Run it where the cache can be reached: in its VPC, or over a VPN or tunnel into it.",
  },
  {
    id: "connect-timeout",
    pattern:
      /\bETIMEDOUT\b|connection timed out|connect timed out|connection timeout|ConnectTimeoutException|Timeout connecting to server|dial tcp(?=.{0,300}i\/o timeout)|Operation timed out/i,
    means: "No connection came about in time; no login was tried. Mostly it is the wrong network or security group.",
    next: `${tryByHand} Without CONNECTED it is the network: the VPC, its routes, the security group of the cache.`,
  },
  {
    id: "reply-timeout",
    pattern:
      /RedisCommandTimeoutException|Command timed out after|Timeout (?:reading from|writing to) socket|Read timed out|SocketTimeoutException|RedisTimeoutException|i\/o timeout|context deadline exceeded|\btimed out\b/i,
    means:
      "No answer came in time. A client without TLS on a port with TLS waits like this, and so does one whom the network cuts off.",
    next: `${tryByHand} With CONNECTED, switch TLS on in the client; without, it is the network.`,
  },
  {
    id: "connection-reset",
    pattern: /\bECONNRESET\b|connection reset|forcibly closed/i,
    means: "The connection was cut off. A port with TLS can do so to a client without TLS.",
    next: `${tryByHand} If that works, switch TLS on in the client.`,
  },
  {
    id: "connection-closed",
    pattern:
      /Connection closed by (?:server|remote)|Server closed the connection|Unexpected end of stream|SocketClosedUnexpectedly|Socket closed unexpectedly|Connection is closed\.|Connection lost\b|\bEPIPE\b|broken pipe|read error on connection|Error while reading line from the server|Connection closed prematurely|(?<=^|: )(?:unexpected )?EOF$/i,
    means:
      "The connection was closed without a word. A port with TLS can do so to a client without TLS; an IAM login ends after 12 h.",
    next: `${tryByHand} If that works and the login was new, switch TLS on in the client.`,
  },
  {
    id: "not-redis",
    pattern: /Protocol error(?:, got |: b?)["'](?:H|E)(?=["']|TTP|RROR)|Unknown reply: H\b/i,
    means: "What answered speaks another protocol, such as HTTP or Memcached; no login was tried.",
    next: "Compare host and port with the endpoint in the console of AWS.",
  },
];
