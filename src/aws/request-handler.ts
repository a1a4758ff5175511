/**
 * How every AWS call goes out. The SDK's own handler obeys NODE_TLS_REJECT_UNAUTHORIZED, knows neither AWS_CA_BUNDLE nor
 * proxies, and may wait for ever. Proxies are found as the AWS CLI finds them; Node's `proxyEnv` has other rules.
 */

import { X509Certificate } from "node:crypto";
import { request as requestHttp } from "node:http";
import { Agent, type RequestOptions, request as requestHttps } from "node:https";
import { isIP } from "node:net";
import { unescape as percentDecoded } from "node:querystring";
import { type Duplex, Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { CacheauthError, shown } from "../errors.ts";

export interface RequestHandlerOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readFile(path: string): Uint8Array | string;
  /** Until the connection stands; behind a proxy, until the proxy has made it. The SDK tries three times. */
  readonly connectTimeoutMs?: number;
  /** One request, from the look-up of its host to the last byte of the answer. It is not tried again. */
  readonly requestTimeoutMs?: number;
}

type Request = Parameters<NodeHttpHandler["handle"]>[0];
type HandleOptions = Parameters<NodeHttpHandler["handle"]>[1];
type Trust = { readonly rejectUnauthorized: true; readonly ca?: string[] };
type Network = Required<Omit<RequestHandlerOptions, "readFile">> & { readonly trust: Trust };

/** Throws `ca-bundle-unreadable`. Requests reject with `aws-unreachable`, or with what the runtime throws. */
export function createRequestHandler(options: RequestHandlerOptions): NodeHttpHandler {
  const { env, connectTimeoutMs = 3_000, requestTimeoutMs = 9_000 } = options;
  const bundle = env["AWS_CA_BUNDLE"];
  // `true` said out loud, or NODE_TLS_REJECT_UNAUTHORIZED=0 decides. `ca` takes the place of all other roots.
  const trust: Trust = { rejectUnauthorized: true, ...(bundle && { ca: readCaBundle(bundle, options) }) };
  return new AwsRequestHandler({ env, trust, connectTimeoutMs, requestTimeoutMs });
}

class AwsRequestHandler extends NodeHttpHandler {
  readonly #network: Network;

  constructor(network: Network) {
    // The agent gives a proxy a little less time, for its message names the proxy.
    super({ httpsAgent: new TunnelAgent(network), connectionTimeout: network.connectTimeoutMs + 100 });
    this.#network = network;
  }

  /**
   * Reads the answer to its end, so that one limit holds for all of it. The SDK does not retry what the limit throws:
   * the request may have arrived, and an MFA code sent twice is refused, which would hide the cause.
   */
  override async handle(request: Request, options?: HandleOptions): ReturnType<NodeHttpHandler["handle"]> {
    const { env, requestTimeoutMs } = this.#network;
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), requestTimeoutMs);
    const callers = options?.abortSignal instanceof AbortSignal ? [options.abortSignal] : [];
    try {
      const abortSignal = AbortSignal.any([limit.signal, ...callers]);
      const { response } = await super.handle(viaHttpProxy(request, env), { ...options, abortSignal });
      response.body = Readable.from([await buffer(response.body)]);
      return { response };
    } catch (error) {
      if (!limit.signal.aborted) throw error;
      throw unreachable(`${request.hostname} did not answer within ${requestTimeoutMs / 1_000} s`);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Opens https: connections, by a proxy's CONNECT where one applies: TLS ends at AWS either way. */
class TunnelAgent extends Agent {
  readonly #network: Network;

  constructor(network: Network) {
    super({ ...network.trust, keepAlive: true });
    this.#network = network;
  }

  override createConnection(options: RequestOptions, done: (error: Error | null, socket: Duplex) => void) {
    const { env, trust, connectTimeoutMs } = this.#network;
    const proxy = proxyFor(env, "https", options.host ?? "", options.port);
    if (!proxy) return super.createConnection(options, done);
    const target = authority(options.host ?? "", options.port);
    const connect = (proxy.secure ? requestHttps : requestHttp)({
      ...trust,
      ...proxy.address,
      servername: isIP(proxy.address.hostname) ? "" : proxy.address.hostname, // else the Host header's
      method: "CONNECT",
      path: target,
      headers: { host: target, ...proxy.login },
      agent: false,
    });
    const timer = setTimeout(() => connect.destroy(new Error("no answer")), connectTimeoutMs);
    const fail = (why: string) => done(unreachable(`the proxy ${proxy.name}: ${why}`), undefined as never);
    connect.once("close", () => clearTimeout(timer));
    connect.once("error", (error) => fail(error.message));
    connect.once("connect", ({ statusCode, statusMessage }, socket) => {
      clearTimeout(timer);
      if (statusCode === 200) return done(null, super.createConnection(Object.assign({ socket }, options)) as Duplex);
      socket.destroy();
      fail(`refused ${target} with ${statusCode} ${statusMessage}`);
    });
    connect.end();
    return undefined;
  }
}
