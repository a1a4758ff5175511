/** What an error reply of the server means, whatever was asked. */
import type { Finding } from "../../findings/finding.ts";
import type { FindingId } from "../../findings/ids.ts";
import { liveFinding } from "../finding.ts";

interface Refusal {
  readonly rule: FindingId;
  readonly pattern: RegExp;
  readonly message: string;
  readonly fix: string;
}

/** In the order in which they are tried. The IAM texts are documented by AWS; the others are Redis's and Valkey's own. */
const refusals = (): readonly Refusal[] => [
  {
    rule: "reply-unexpected",
    pattern: /^ERR cacheauth emulate took the login, but\b/,
    message: "This is cacheauth emulate: it took the login, and the server behind its --upstream does not do its part.",
    fix: "Start the server that --upstream names, in clear text and without a password, or name another one.",
  },
  {
    rule: "iam-throttled",
    pattern: /Exceeded limit of IAM Authentication/i,
    message: "IAM authentication is throttled: too many logins in a short time. The token may be right.",
    fix: "Try again in a minute, and let programs reconnect with growing, random pauses and keep their connections.",
  },
  {
    rule: "iam-unavailable",
    pattern: /IAM Authentication service is not available|^ERR service is not available/i,
    message: "The IAM authentication behind the server does not answer. The token may be right.",
    fix: "Try again in a minute; if it stays so, look at the AWS Health Dashboard for the cache's region.",
  },
  {
    rule: "max-clients",
    pattern: /max number of clients/i,
    message: "The server has all the clients that it takes.",
    fix: "Look at the cache's CurrConnections metric, find who holds them with CLIENT LIST, and let programs share connections.",
  },
  {
    rule: "protected-mode",
    pattern: /^DENIED\b|protected mode/i,
    message: "The server is in protected mode and takes clients of its own machine alone. No cache of AWS does that.",
    fix: "Connect to the cache's endpoint; on a server of your own set a password or bind it to an address.",
  },
  {
    rule: "server-loading",
    pattern: /^LOADING\b/,
    message: "The server is loading its data and answers nothing else until it is done.",
    fix: "Wait and try again; after a start or a failover this takes from seconds to minutes, by the size of the data.",
  },
  {
    rule: "noauth",
    pattern: /^NOAUTH\b/,
    message: "The server wants a login first, and did not take AUTH with user and token for one.",
    fix: "Connect to the cache itself: something in between does not hand the login on. A program sends AUTH USER TOKEN before anything else.",
  },
  {
    rule: "engine-too-old",
    pattern: /wrong number of arguments for 'auth'/i,
    message:
      "The server knows no users, only a password: it is older than Redis 6, and IAM needs Redis OSS 7.0 or Valkey 7.2.",
    fix: "Upgrade the engine of the cache, or connect to the right one.",
  },
  {
    rule: "too-long",
    pattern: /unauthenticated (multi)?bulk length/i,
    message: "The login is longer than what the server reads before it knows the client.",
    fix: "Send the token alone as the password, of credentials with a shorter session token.",
  },
  {
    rule: "reply-unexpected",
    pattern: /^MASTERDOWN\b/,
    message: "This replica has lost its primary, and answers nothing until it has it again.",
    fix: "Look at the cache's events for a failover, and wait for its end; the primary's endpoint leads to the new one.",
  },
  {
    rule: "auth-without-user",
    pattern: /AUTH <password> called without any password configured/i,
    message: "The server took the login for one by password alone.",
    fix: "Send the user before the token: AUTH USER TOKEN.",
  },
];

/** `words` are the server's, without any piece of the token. */
export function explainRefusal(words: string, asked: string): Finding {
  const known = refusals().find(({ pattern }) => pattern.test(words));
  if (known) return liveFinding(known.rule, `${known.message} It said: "${words.replace(/\.$/, "")}".`, known.fix);
  return liveFinding(
    "reply-unexpected",
    `The server answered ${asked} with an error of its own: "${words.replace(/\.$/, "")}".`,
    "Look its words up in the documentation of what answers there: a proxy, or an engine with changes of its own.",
    "likely",
  );
}
