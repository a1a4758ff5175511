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
type Trust = { readonly rejectUnauthorized: true; readonly ca?: string };

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
    const limit = AbortSignal.timeout(requestTimeoutMs);
    const signals = abortSignal instanceof AbortSignal ? [limit, abortSignal] : [limit];
    try {
      const { response } = await send(viaHttpProxy(request, env), { ...rest, abortSignal: AbortSignal.any(signals) });
      response.body = Readable.from([await buffer(response.body)]);
      return { response };
    } catch (error) {
      throw limit.aborted ? unreachable(`${request.hostname} gave no answer in ${requestTimeoutMs / 1_000} s`) : error;
    }
  };
  return handler;
}

/** Opens https: connections, by a proxy's CONNECT where one applies: TLS ends at AWS either way. */
function tunnelAgent(env: Env, trust: Trust, timeoutMs: number): Agent {
  // Idle TLS within TLS keeps Bun and Deno from ending.
  const keepAlive = !/^https:/i.test(env["https_proxy"] ?? env["HTTPS_PROXY"] ?? "");
  const agent = new Agent({ ...trust, keepAlive });
  const open = agent.createConnection.bind(agent);
  agent.createConnection = (options, done) => {
    const path = `${isIPv6(options.host ?? "") ? `[${options.host}]` : options.host}:${options.port}`;
    const proxy = proxyFor("https", path, env);
    if (!proxy) return open(options, done);
    const fail = (why: string) => done?.(unreachable(`the proxy ${proxy.url.host} ${why}`), undefined as never);
    const servername = isIP(proxy.at.hostname) ? "" : proxy.at.hostname; // Otherwise the Host header's.
    const headers = { host: path, ...proxy.login };
    const ask = { ...trust, ...proxy.at, servername, method: "CONNECT", path, headers, agent: false };
    const connect = proxy.url.protocol === "https:" ? requestHttps(ask) : requestHttp(ask);
    const timer = setTimeout(() => connect.destroy(new Error("no answer in time")), timeoutMs);
    connect.once("close", () => clearTimeout(timer));
    connect.once("error", (error) => fail(`cannot be reached: ${error.message}`));
    connect.once("connect", ({ statusCode, statusMessage }, socket) => {
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
  const changes = {
    ...proxy.at,
    path: `http://${authority}${request.path}`,
    headers: { ...request.headers, ...proxy.login },
  };
  return Object.assign(Object.create(request), changes); // The SDK's own stays as it is, for a retry.
}

/** By the AWS CLI's rules: lower case wins, empty means none, and a name in NO_PROXY covers its subdomains. */
function proxyFor(scheme: "http" | "https", authority: string, env: Env) {
  const value = env[`${scheme}_proxy`] ?? env[`${scheme.toUpperCase()}_PROXY`];
  const host = authority.replace(/:\d+$/, "");
  const names = [authority, host, host.replace(/[[\]]/g, "")].map((name) => `.${name.toLowerCase()}`);
  const spared = (env["no_proxy"] ?? env["NO_PROXY"] ?? "").toLowerCase().match(/[^\s,]+/g) ?? [];
  const covers = (entry: string) => names.some((name) => name.endsWith(entry.replace(/^\*?\.?/, ".")));
  if (!value || spared.some((entry) => entry === "*" || covers(entry))) return undefined;
  const url = URL.parse(value.includes("://") ? value : `http://${value}`);
  // The value stays unshown: it may hold a password.
  if (!url || !["http:", `${scheme}:`].includes(url.protocol)) throw unreachable(`${scheme}_proxy names no HTTP proxy`);
  const at = {
    hostname: url.hostname.replace(/[[\]]/g, ""),
    port: Number(url.port || (url.protocol === "http:" ? 80 : 443)),
  };
  const basic = Buffer.from(`${decoded(url.username)}:${decoded(url.password)}`).toString("base64");
  return { url, at, login: url.username || url.password ? { "proxy-authorization": `Basic ${basic}` } : {} };
}

/** Parsed here, for Node and Deno drop a bad bundle in silence: then it is AWS that looks untrusted. */
function readCaBundle(path: string, { readFile }: RequestHandlerOptions): string {
  try {
    const text = new TextDecoder().decode(readFile(path));
    const starts = [...text.matchAll(/-----BEGIN CERTIFICATE-----/g)];
    if (starts.length === 0) throw new Error("no PEM certificate in it");
    for (const { index } of starts) new X509Certificate(text.slice(index));
    return text;
  } catch (error) {
    const what = `AWS_CA_BUNDLE ${shown(path)} cannot be read: ${error instanceof Error ? error.message : error}`;
    throw new CacheauthError("ca-bundle-unreadable", what, "name a file of PEM certificates, or unset AWS_CA_BUNDLE");
  }
}

function unreachable(message: string): CacheauthError {
  return new CacheauthError("aws-unreachable", message, "check the network, HTTPS_PROXY and AWS_ENDPOINT_URL");
}
