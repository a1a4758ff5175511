/**
 * How every AWS call goes out. The SDK's own handler obeys NODE_TLS_REJECT_UNAUTHORIZED, knows neither AWS_CA_BUNDLE nor
 * proxies, and may wait for ever. Proxies are found as the AWS CLI finds them; Node's `proxyEnv` has other rules.
 */

import { X509Certificate } from "node:crypto";
import { request as requestHttp } from "node:http";
import { Agent, request as requestHttps } from "node:https";
import { isIP, isIPv6 } from "node:net";
import { unescape as decoded } from "node:querystring";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { CacheauthError, shown } from "../errors.ts";

type Env = Readonly<Record<string, string | undefined>>;
type Trust = { readonly rejectUnauthorized: true; readonly ca?: string[] };
type Proxy = {
  readonly url: URL;
  readonly at: { hostname: string; port: number };
  readonly login: Record<string, string>;
};

export interface RequestHandlerOptions {
  readonly env: Env;
  readFile(path: string): Uint8Array;
  /** Until the connection stands; behind a proxy, until the proxy has made it. The SDK tries three times. */
  readonly connectTimeoutMs?: number;
  /** One request, from the look-up of its host to the last byte of the answer. It is not tried again. */
  readonly requestTimeoutMs?: number;
}

/** Throws `ca-bundle-unreadable`. Requests reject with `aws-unreachable`, or with what the runtime throws. */
export function createRequestHandler(options: RequestHandlerOptions): NodeHttpHandler {
  const { env, connectTimeoutMs = 3_000, requestTimeoutMs = 9_000 } = options;
  const bundle = env["AWS_CA_BUNDLE"];
  // `true` said out loud, or NODE_TLS_REJECT_UNAUTHORIZED=0 decides. `ca` takes the place of all other roots.
  const trust: Trust = { rejectUnauthorized: true, ...(bundle && { ca: readCaBundle(bundle, options) }) };
  const httpsAgent = tunnelAgent(env, trust, connectTimeoutMs);
  // A little more time than a proxy is given, whose error says that it is the proxy.
  const handler = new NodeHttpHandler({ httpsAgent, connectionTimeout: connectTimeoutMs + 100 });
  const send = handler.handle.bind(handler);
  // The answer is read to its end here, so that one limit holds for all of it. The SDK does not retry what the limit
  // throws: the request may have arrived, and an MFA code sent twice is refused, which would hide the cause.
  handler.handle = async (request, { abortSignal, ...rest } = {}) => {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), requestTimeoutMs);
    const signals = abortSignal instanceof AbortSignal ? [limit.signal, abortSignal] : [limit.signal];
    try {
      const { response } = await send(viaHttpProxy(request, env), { ...rest, abortSignal: AbortSignal.any(signals) });
      response.body = Readable.from([await buffer(response.body)]);
      return { response };
    } catch (error) {
      if (!limit.signal.aborted) throw error;
      throw unreachable(`${request.hostname} did not answer within ${requestTimeoutMs / 1_000} s`);
    } finally {
      clearTimeout(timer);
    }
  };
  return handler;
}

/** Opens https: connections, by a proxy's CONNECT where one applies: TLS ends at AWS either way. */
function tunnelAgent(env: Env, trust: Trust, timeoutMs: number): Agent {
  const agent = new Agent({ ...trust, keepAlive: true });
  const open = agent.createConnection.bind(agent);
  agent.createConnection = (options, done) => {
    const path = `${isIPv6(options.host ?? "") ? `[${options.host}]` : options.host}:${options.port}`;
    const proxy = proxyFor("https", path, env);
    if (!proxy) return open(options, done);
    const fail = (why: string) => done?.(unreachable(`the proxy ${proxy.url.host} ${why}`), undefined as never);
    const servername = isIP(proxy.at.hostname) ? "" : proxy.at.hostname; // Otherwise the Host header's.
    const tls = proxy.url.protocol === "https:" && { ...trust, servername };
    const headers = { host: path, ...proxy.login };
    const ask = { ...proxy.at, ...tls, method: "CONNECT", path, headers, agent: false };
    const connect = tls ? requestHttps(ask) : requestHttp(ask);
    const timer = setTimeout(() => connect.destroy(new Error("no answer in time")), timeoutMs);
    connect.once("close", () => clearTimeout(timer));
    connect.once("error", (error) => fail(`cannot be reached: ${error.message}`));
    connect.once("connect", ({ statusCode, statusMessage }, socket) => {
      clearTimeout(timer);
      if (statusCode === 200) return done?.(null, open(Object.assign({}, options, { socket })) ?? socket);
      socket.destroy();
      return fail(`refused ${path}: ${statusCode} ${statusMessage}`);
    });
    connect.end();
    return undefined;
  };
  return agent;
}

/** An http: request as a proxy takes it, with the whole URL: few let CONNECT go to another port than 443. */
function viaHttpProxy<R extends Parameters<NodeHttpHandler["handle"]>[0]>(request: R, env: Env): R {
  const scheme = request.protocol === "http:" ? "http" : "https";
  const authority = `${request.hostname}:${request.port ?? (scheme === "http" ? 80 : 443)}`;
  const proxy = proxyFor(scheme, authority, env); // For https: too: thrown in the agent, its error would come late.
  if (!proxy || scheme === "https") return request;
  const headers = { ...request.headers, ...proxy.login };
  // The SDK's own request stays as it is: a retry starts from it.
  return Object.assign(Object.create(request), { ...proxy.at, path: `http://${authority}${request.path}`, headers });
}

/** By the AWS CLI's rules: lower case wins, empty means none, and a name in NO_PROXY covers its subdomains. */
function proxyFor(scheme: "http" | "https", authority: string, env: Env): Proxy | undefined {
  const value = env[`${scheme}_proxy`] ?? env[`${scheme.toUpperCase()}_PROXY`];
  const host = authority.replace(/:\d+$/, "");
  const names = [authority, host, host.replace(/[[\]]/g, "")].map((name) => `.${name.toLowerCase()}`);
  const spared = (env["no_proxy"] ?? env["NO_PROXY"] ?? "").toLowerCase().match(/[^\s,]+/g) ?? [];
  const direct = spared.some(
    (entry) => entry === "*" || names.some((name) => name.endsWith(entry.replace(/^\*?\.?/, "."))),
  );
  if (!value || direct) return undefined;
  const text = value.includes("://") ? value : `http://${value}`;
  const url = URL.parse(text);
  if (!url || !(scheme === "https" ? /^https?:/ : /^http:/).test(url.protocol)) {
    throw unreachable(`${scheme.toUpperCase()}_PROXY is not the URL of an HTTP proxy`); // Unshown: a password may be in it.
  }
  const { username, password, port, protocol } = url;
  const login = `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString("base64")}`;
  return {
    url,
    at: { hostname: url.hostname.replace(/[[\]]/g, ""), port: Number(port || (protocol === "https:" ? 443 : 80)) },
    login: username || password ? { "proxy-authorization": login } : {},
  };
}

/** Parsed here, for Node and Deno drop a bad bundle in silence: then it is AWS that looks untrusted. */
function readCaBundle(path: string, { readFile }: Pick<RequestHandlerOptions, "readFile">): string[] {
  const begin = "-----BEGIN CERTIFICATE-----";
  try {
    const [, ...rests] = new TextDecoder().decode(readFile(path)).split(begin);
    if (rests.length === 0) throw new Error("no PEM certificate in it");
    const certificates = rests.map((rest) => begin + rest);
    for (const certificate of certificates) new X509Certificate(certificate);
    return certificates;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const hint = "name a file of PEM certificates, or unset AWS_CA_BUNDLE";
    throw new CacheauthError("ca-bundle-unreadable", `AWS_CA_BUNDLE ${shown(path)} cannot be read: ${why}`, hint);
  }
}

function unreachable(message: string): CacheauthError {
  return new CacheauthError(
    "aws-unreachable",
    message,
    "check the network, HTTPS_PROXY, NO_PROXY and AWS_ENDPOINT_URL",
  );
}
