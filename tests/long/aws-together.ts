/**
 * Two stand-ins for AWS as one: each operation goes to the one that knows it, or to both where both must hear of it. What
 * neither knows, MemoryDB's ACLs, is answered here, in AWS's shapes, and counted apart.
 */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

type Answerer = "moto" | "ministack" | "here";

export interface Asked {
  readonly service: string;
  readonly operation: string;
  readonly by: Answerer;
  readonly status: number;
  readonly body: string;
}

export interface Together {
  readonly url: string;
  readonly asked: readonly Asked[];
}

export async function withTogether(
  urls: { readonly moto: string; readonly ministack: string },
  use: (together: Together) => Promise<void>,
): Promise<void> {
  const asked: Asked[] = [];
  const acls = new Map<string, string[]>();
  const server = createServer(async (request, response) => {
    const body = await bytesOf(request);
    const service = /Credential=[^/]+\/\d+\/[^/]+\/(\w+)\//.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const target = request.headers["x-amz-target"];
    const operation =
      typeof target === "string"
        ? (target.split(".")[1] ?? "")
        : (new URLSearchParams(body.toString()).get("Action") ?? "");
    const answers = [];
    for (const by of routeOf(service, operation)) {
      const answer =
        by === "here"
          ? answerHere(operation, JSON.parse(body.toString()), acls)
          : await forward(urls[by], request, body);
      asked.push({ service, operation, by, status: answer.status, body: answer.body });
      answers.push(answer);
    }
    const [first] = answers;
    response.writeHead(first?.status ?? 500, { "content-type": first?.type ?? "text/plain" });
    response.end(first?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await use({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** The first one's answer counts. */
function routeOf(service: string, operation: string): readonly Answerer[] {
  if (/ACL/.test(operation)) return ["here"];
  if (service !== "elasticache") return ["moto"];
  // moto has no ModifyUser; MiniStack forgets that a user has IAM authentication, and needs the user for its groups.
  if (/UserGroup|Serverless|^ModifyUser$|^(Describe|Modify)ReplicationGroup/.test(operation)) return ["ministack"];
  if (operation === "CreateUser") return ["moto", "ministack"];
  if (operation === "CreateReplicationGroup") return ["ministack", "moto"];
  return ["moto"];
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

function answerHere(operation: string, input: Record<string, unknown>, acls: Map<string, string[]>): Answer {
  const json = (status: number, body: object) => ({
    status,
    type: "application/x-amz-json-1.1",
    body: JSON.stringify(body),
  });
  const name = String(input["ACLName"]);
  const users = acls.get(name);
  const list = (key: string) => (Array.isArray(input[key]) ? (input[key] as string[]) : []);
  const shown = () => ({ Name: name, Status: "active", UserNames: acls.get(name) });
  if (operation === "CreateACL") {
    acls.set(name, list("UserNames"));
    return json(200, { ACL: shown() });
  }
  if (users === undefined) return json(400, { __type: "ACLNotFoundFault", message: `${name} not found.` });
  if (operation === "DescribeACLs") return json(200, { ACLs: [shown()] });
  if (operation === "UpdateACL") {
    acls.set(name, [...users, ...list("UserNamesToAdd")]);
    return json(200, { ACL: shown() });
  }
  return json(400, { __type: "UnknownOperationException" });
}

async function forward(url: string, request: IncomingMessage, body: Buffer): Promise<Answer> {
  const headers = Object.entries(request.headers).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === "string" &&
      !["connection", "expect", "content-length", "transfer-encoding"].includes(entry[0]),
  );
  const answer = await fetch(`${url}${request.url}`, {
    method: request.method ?? "POST",
    headers: Object.fromEntries(headers),
    body: new Uint8Array(body),
  });
  return {
    status: answer.status,
    type: answer.headers.get("content-type") ?? "text/plain",
    body: await answer.text(),
  };
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
