/**
 * A fake of AWS for tests: one HTTP server on 127.0.0.1 that answers for STS, IAM, ElastiCache and MemoryDB what a script
 * says, in the shapes that AWS documents, and remembers what it was asked. It checks no signature. The real one cannot be had
 * in a test; the SDK's clients and botocore read its answers in theirs.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type Answer, errorAnswer, type Reply, requestId } from "./answers.ts";
import { type Call, readCall, type ScriptedService } from "./call.ts";
import { elastiCacheActions } from "./elasticache.ts";
import { failureOf, failureReply, skewReply } from "./failures.ts";
import { iamActions } from "./iam.ts";
import { memoryDbActions } from "./memorydb.ts";
import type { Script } from "./script.ts";
import { stsActions } from "./sts.ts";

export interface ScriptedAws {
  /** For AWS_ENDPOINT_URL. */
  readonly url: string;
  /** In their order, failed ones too. */
  readonly calls: readonly Call[];
  /** `elasticache:DescribeUsers` of each call. */
  readonly actions: readonly string[];
}

/** Serves while `use` runs. `now` is the time here; AWS's is as far ahead as the script says. */
export async function withScriptedAws<T>(
  script: Script,
  use: (aws: ScriptedAws) => Promise<T>,
  now: () => Date = () => new Date(),
): Promise<T> {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const call = readCall(request, body);
      calls.push(call);
      respond(replyTo(call, script, calls, now()), call, script, now(), response);
    });
  });
  // Deno 2.6 closes no connections of a server.
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket.on("close", () => sockets.delete(socket)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await use({
      url: `http://127.0.0.1:${port}`,
      calls,
      get actions() {
        return calls.map(({ service, action }) => `${service}:${action}`);
      },
    });
  } finally {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  }
}

const services: Readonly<Record<ScriptedService, Readonly<Record<string, Answer>>>> = {
  sts: stsActions,
  iam: iamActions,
  elasticache: elastiCacheActions,
  memorydb: memoryDbActions,
};

function replyTo(call: Call, script: Script, calls: readonly Call[], now: Date): Reply | "silent" {
  const failure = failureOf(script, call, calls);
  if (failure) return failureReply(failure, call, script);
  const skewed = script.refusesSkew ? skewReply(call, new Date(now.getTime() + (script.clockAheadMs ?? 0))) : null;
  if (skewed) return skewed;
  const answer = services[call.service as ScriptedService]?.[call.action];
  if (answer) return answer(call, script);
  return errorAnswer(call, 400, "InvalidAction", `Could not find operation ${call.action} of ${call.service}`);
}

function respond(reply: Reply | "silent", call: Call, script: Script, now: Date, response: ServerResponse): void {
  if (reply === "silent") return;
  response.writeHead(reply.status, {
    server: "scripted AWS, a fake",
    date: new Date(now.getTime() + (script.clockAheadMs ?? 0)).toUTCString(),
    "content-type": reply.type,
    "x-amzn-requestid": requestId,
    ...reply.headers,
  });
  response.end(call.method === "HEAD" ? undefined : reply.body);
}

/** A GET has none, and Deno 2.6 waits for it for ever. */
async function readBody(request: IncomingMessage): Promise<string> {
  if (request.method === "GET") return "";
  let body = "";
  for await (const chunk of request) body += chunk;
  return body;
}
