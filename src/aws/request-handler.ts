/**
 * How AWS calls go out. The SDK's own handler obeys NODE_TLS_REJECT_UNAUTHORIZED, knows neither AWS_CA_BUNDLE nor
 * proxies, and may wait for ever. Node's `proxyEnv` has other rules than the AWS CLI, and a silent proxy hangs it.
 */

import { X509Certificate } from "node:crypto";
import { request as requestHttp } from "node:http";
import { Agent, type AgentOptions, request as requestHttps } from "node:https";
import { isIP } from "node:net";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { CacheauthError, shown } from "../errors.ts";
import { type Env, proxyFor, unreachable } from "./proxy.ts";
import type { Logger } from "./sdk.ts";

type Request = Parameters<NodeHttpHandler["handle"]>[0];

export interface RequestHandlerOptions {
  readonly env: Env;
  readFile(path: string): Promise<Uint8Array>;
  /** Instead of the console, which the SDK's handler writes to where it gets none. */
  readonly logger: Logger;
  /** Told of each request before it goes out. */
  onRequest?(request: Request): void;
  /** Told of each answer, whatever it says: its headers, their names in lower case. */
  onAnswer?(headers: Readonly<Record<string, string>>): void;
  /** Until the connection stands; behind a proxy, until the proxy has made it. The SDK tries three times. */
  readonly connectTimeoutMs?: number;
  /** One request, from the look-up of its host to the last byte of the answer. It is not tried again. */
  readonly requestTimeoutMs?: number;
}

/**
 * Requests reject with `aws-unreachable`, `ca-bundle-unreadable`, or with what the runtime throws. The bundle is read
 * when the first goes out: credentials that need no AWS call do not need it either.
 */
export function createRequestHandler(options: RequestHandlerOptions): NodeHttpHandler {
  const { env, logger, connectTimeoutMs = 3_000, requestTimeoutMs = 9_000 } = options;
  const make = async () => {
    // `true` said out loud, or NODE_TLS_REJECT_UNAUTHORIZED=0 decides. `ca` takes the place of all other roots.
    const trust = { rejectUnauthorized: true, ...(await readCaBundle(options)) };
    const httpsAgent = tunnelAgent(env, trust, connectTimeoutMs);
    return new NodeHttpHandler({ httpsAgent, connectionTimeout: connectTimeoutMs + 100, logger }); // A proxy gets less.
  };
  let made: Promise<NodeHttpHandler> | undefined;
  const handler = new NodeHttpHandler({ logger });
  // One limit, last byte included. Its error is not retried: an MFA code sent twice is refused, which hides the cause.
  handler.handle = async (request, { abortSignal, ...rest } = {}) => {
    options.onRequest?.(request);
    made ??= make();
    const inner = await made;
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), requestTimeoutMs);
    const signals = abortSignal instanceof AbortSignal ? [limit.signal, abortSignal] : [limit.signal];
    try {
      const { response } = await inner.handle(viaHttpProxy(request, env), {
        ...rest,
        abortSignal: AbortSignal.any(signals),
      });
      response.body = Readable.from([await buffer(response.body)]);
      options.onAnswer?.(response.headers);
      return { response };
    } catch (error) {
      throw limit.signal.aborted ? unreachable(`${request.hostname} gave no answer in ${requestTimeoutMs} ms`) : error;
    } finally {
      clearTimeout(timer);
    }
  };
  return handler;
}

/** Opens https: connections, by a proxy's CONNECT where one applies: TLS ends at AWS either way. */
function tunnelAgent(env: Env, trust: AgentOptions, timeoutMs: number): Agent {
  // Not kept alive within a TLS proxy's TLS: that keeps Bun and Deno from ending.
  const agent = new Agent({ ...trust, keepAlive: !/^https:/i.test(env["https_proxy"] ?? env["HTTPS_PROXY"] ?? "") });
  const open = agent.createConnection.bind(agent);
  agent.createConnection = (options, done) => {
    const proxy = proxyFor("https:", options.host ?? "", options.port, env);
    if (!proxy) return open(options, done);
    const { url, at, target, headers } = proxy;
    const servername = isIP(at.hostname) ? "" : at.hostname; // Otherwise the Host header's.
    const ask = { ...trust, ...at, servername, method: "CONNECT", path: target, headers, agent: false };
    const connect = url.protocol === "https:" ? requestHttps(ask) : requestHttp(ask);
    const fail = (why: string) => done?.(unreachable(`The proxy ${url.host} ${why}`), undefined as never);
    const timer = setTimeout(() => connect.destroy(new Error("no answer in time")), timeoutMs);
    connect.once("close", () => clearTimeout(timer));
    connect.once("error", (error) => fail(`cannot be reached: ${error.message}`));
    connect.once("connect", ({ statusCode, statusMessage }, socket) => {
      if (statusCode === 200) return done?.(null, open(Object.assign({}, options, { socket })) ?? socket);
      socket.destroy();
      return fail(`refused ${target}: ${statusCode} ${statusMessage}`);
    });
    connect.end();
    return undefined;
  };
  return agent;
}

/** An http: request as a proxy takes it, with the whole URL: few let CONNECT go to another port than 443. */
function viaHttpProxy(request: Request, env: Env): Request {
  const proxy = proxyFor(request.protocol, request.hostname, request.port, env);
  if (!proxy || request.protocol === "https:") return request; // From within the agent, a bad proxy's error is late.
  const headers = { ...proxy.headers, ...request.headers };
  return Object.assign(Object.create(request), { ...proxy.at, path: `http://${proxy.target}${request.path}`, headers });
}

/** Parsed here, for Node and Deno drop a bad bundle in silence: then it is AWS that looks untrusted. */
async function readCaBundle({ env, readFile }: RequestHandlerOptions): Promise<{ readonly ca?: string }> {
  const path = env["AWS_CA_BUNDLE"];
  if (!path) return {};
  const unreadable = (why: string): CacheauthError =>
    new CacheauthError(
      "ca-bundle-unreadable",
      `AWS_CA_BUNDLE, ${shown(path)}, cannot be used: ${why}.`,
      "Name a file of PEM certificates, or unset AWS_CA_BUNDLE.",
    );
  let ca: string;
  try {
    ca = new TextDecoder().decode(await readFile(path));
  } catch (error) {
    // Not the message: it has the path in it, whole.
    const code = (error as { code?: string }).code;
    throw unreadable(code === "ENOENT" ? "there is no such file" : (code ?? "it cannot be read"));
  }
  const starts = [...ca.matchAll(/-----BEGIN CERTIFICATE-----/g)];
  if (starts.length === 0) throw unreadable("no PEM certificate is in it");
  for (const [index, start] of starts.entries()) {
    try {
      new X509Certificate(ca.slice(start.index));
    } catch {
      throw unreadable(`its certificate ${index + 1} cannot be read`);
    }
  }
  return { ca };
}
