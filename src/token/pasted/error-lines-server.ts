import type { ErrorLineRow } from "./error-lines-row.ts";

const lint = "Pipe in the token that was sent: `cacheauth lint --endpoint ENDPOINT -u USER`.";
const checkEngine =
  "Check that the endpoint is that of the cache you mean, and that its engine is Valkey 7.2, Redis OSS 7.0 or later.";

/**
 * What Valkey, Redis, ElastiCache and MemoryDB reply. The words are those of the servers' sources and of AWS's
 * documentation; redis-py takes the leading code (`NOPERM`, `ERR`) off, valkey-glide puts a colon after it.
 */
export const serverErrorLines = (): readonly ErrorLineRow[] => [
  {
    id: "iam-throttled",
    pattern: /Exceeded limit of IAM Authentication requests/i,
    means: "Too many IAM logins came at once, and this one was turned away; that says nothing about the token.",
    next: "Log in less often: keep connections open, and let each retry wait longer than the one before.",
  },
  {
    id: "iam-unavailable",
    pattern: /IAM Authentication service is not available/i,
    means: "AWS could not check an IAM login just then; that says nothing about the token.",
    next: "Try again, and let each retry wait longer than the one before.",
  },
  {
    id: "service-unavailable",
    pattern: /(?<=^|: |\bERR )service is not available/,
    means: "The service could not take the login just then; that says nothing about the token.",
    next: "Try again, and let each retry wait longer than the one before.",
  },
  {
    id: "unauthenticated-bulk",
    pattern: /unauthenticated bulk length/i,
    means: "What was sent before the login is longer than the 16,384 bytes that a server reads then.",
    next: "Pass what was sent as the password: `cacheauth lint --token-file FILE`.",
  },
  {
    id: "auth-without-user",
    pattern: /AUTH (?:<|&lt;)password(?:>|&gt;) called without any password configured/i,
    means: "AUTH was sent without a user, so it was for the user named default; the token was not looked at.",
    next: "Let the client send the user as well: AUTH USER TOKEN, with redis-cli and valkey-cli --user USER.",
  },
  {
    id: "auth-no-password-set",
    pattern: /Client sent AUTH, but no password is set/i,
    means: "The server has no password and knows no users: Redis says so before version 6, which has no IAM.",
    next: checkEngine,
  },
  {
    id: "auth-word-count",
    pattern: /wrong number of arguments for ['`"]?auth['`"]? command/i,
    means: "AUTH came with a number of words that the server does not take: before Redis 6, a user is one too many.",
    next: checkEngine,
  },
  {
    id: "auth-password-only",
    pattern: /\bERR:? invalid password\b/,
    means: "A server that knows no users refused a password: Redis says so before version 6, which has no IAM.",
    next: checkEngine,
  },
  {
    id: "hello-unknown",
    pattern: /unknown command ['`"]?HELLO\b/i,
    means: "The server, or a proxy before it, does not know HELLO, which Redis has from version 6 on.",
    next: checkEngine,
  },
  {
    id: "noproto",
    pattern: /\bNOPROTO\b/,
    means: "The server does not speak the version of RESP that HELLO asked for; no login was tried.",
    next: "Let the client ask for protocol 3 or 2, or send AUTH without HELLO.",
  },
  {
    id: "wrongpass",
    pattern: /\bWRONGPASS\b(?::? invalid username-password pair)?|invalid username-password pair/,
    means:
      "The server refused the user and password together. It says the same for a wrong token, an unknown user, a disabled user and a refused policy, so this line alone does not tell which.",
    next: lint,
  },
  {
    id: "noauth-hello",
    pattern: /HELLO must be called with the client already authenticated/i,
    means: "The client began with HELLO before it had logged in, and sent no user and token with it.",
    next: "Look whether the client was given both a user and a token; by hand it is HELLO 3 AUTH USER TOKEN.",
  },
  {
    id: "noauth",
    pattern: /\bNOAUTH\b(?::? Authentication required)?|(?<!Proxy )Authentication required\./,
    means: "A command came before a login: the client sent no AUTH, or its AUTH had failed and it went on.",
    next: "Look for an error before this one; if there is none, give the client both a user and a token.",
  },
  {
    id: "noperm-start",
    pattern: /has no permissions to run the '(?:hello|cluster|command|info|ping)\b/i,
    means: "Authentication succeeded, but the user's access string forbids a command that clients start with.",
    next: "Allow it in the user's access string; clients start with HELLO, CLUSTER, COMMAND, INFO and PING.",
  },
  {
    id: "noperm",
    pattern: /\bNOPERM\b|has no permissions to (?:run the|access)|No permissions to access a (?:key|channel)/,
    means: "Authentication succeeded; the user's access string does not allow this command, key or channel.",
    next: "Ask ACL WHOAMI which user it is, and allow it in that user's access string.",
  },
  {
    id: "moved",
    pattern: /\bMOVED:? \d{1,5}(?= \S)/,
    means: "Authentication succeeded: a node of a cluster says that the key is on another one.",
    next: "Use the client's cluster mode; redis-cli and valkey-cli have -c.",
  },
  {
    id: "readonly",
    pattern: /\bREADONLY\b(?=:? You)|You can.t write against a read only (?:replica|slave)/,
    means: "Authentication succeeded: a replica refused to write.",
    next: "Connect to the primary or configuration endpoint, not to that of the readers.",
  },
  {
    id: "auth-queued",
    pattern: /^\+?QUEUED$/,
    means: "The command was queued in an open transaction and has not run; inside MULTI, AWS does not support AUTH.",
    next: "Log in before MULTI, or after EXEC.",
  },
  {
    id: "loading",
    pattern: /\bLOADING\b(?= \w+ is loading)|is loading the dataset in memory/,
    means: "The server runs and is still reading its data into memory; that says nothing against the login.",
    next: "Wait, and try again.",
  },
  {
    id: "clusterdown",
    pattern: /\bCLUSTERDOWN\b|Hash slot not served|(?<=^|: )The cluster is down/,
    means: "The cluster has slots that no node serves; that says nothing against the login.",
    next: "Wait, and try again; if it stays so, look at the state of the cache in the console of AWS.",
  },
  {
    id: "max-clients",
    pattern: /max number of clients (?:\+ cluster connections )?reached/i,
    means: "The server has as many connections as it takes; this one was turned away before any login.",
    next: "Close connections, or let the programs share fewer of them.",
  },
  {
    id: "protected-mode",
    pattern: /DENIED (?:Redis|Valkey) is running in protected mode/i,
    means: "A server without a password refused another machine before any login.",
    next: "Check that the endpoint is that of the cache, and not of a server of your own.",
  },
];
