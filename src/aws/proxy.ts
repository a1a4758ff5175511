import { isIPv6 } from "node:net";
import { unescape as decoded } from "node:querystring";
import { CacheauthError } from "../errors.ts";

export type Env = Readonly<Record<string, string | undefined>>;

/** By which proxy a request goes. */
export interface Proxy {
  readonly url: URL;
  readonly at: { readonly hostname: string; readonly port: string | number };
  /** HOST:PORT of what is asked. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** As the AWS CLI has it: lower case wins, empty means none, a name in NO_PROXY covers its subdomains. */
export function proxyFor(
  protocol: string,
  hostname: string,
  port: number | string | null | undefined,
  env: Env,
): Proxy | undefined {
  const lower = protocol.replace(":", "_proxy");
  const name = env[lower] === undefined ? lower.toUpperCase() : lower;
  const value = env[name];
  const bare = hostname.replace(/[[\]]/g, "").toLowerCase();
  const target = `${isIPv6(bare) ? `[${bare}]` : bare}:${port ?? (protocol === "http:" ? 80 : 443)}`;
  const spared: string[] = (env["no_proxy"] ?? env["NO_PROXY"] ?? "").toLowerCase().match(/[^\s,]+/g) ?? [];
  const covers = (entry: string) => [bare, target].some((own) => `.${own}`.endsWith(entry.replace(/^\*?\.?/, ".")));
  if (!value || spared.includes("*") || spared.some(covers)) return undefined;
  const url = URL.parse(value.includes("://") ? value : `http://${value}`);
  if (!url || !["http:", protocol].includes(url.protocol)) throw unreachable(`${name} does not name an HTTP proxy`);
  const at = { hostname: url.hostname.replace(/[[\]]/g, ""), port: url.port || (url.protocol === "http:" ? 80 : 443) };
  const basic = Buffer.from(`${decoded(url.username)}:${decoded(url.password)}`);
  const login = basic.length > 1 && { "proxy-authorization": `Basic ${basic.toString("base64")}` };
  return { url, at, target, headers: { host: target, ...login } };
}

export function unreachable(message: string): CacheauthError {
  return new CacheauthError("aws-unreachable", `${message}.`, "Check the network, HTTPS_PROXY and AWS_ENDPOINT_URL.");
}
