import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { connect, type Server, type Socket } from "node:net";

/**
 * Stand-ins for AWS's services on 127.0.0.1. Fakes, for the real ones cannot be had: they answer in AWS's form and
 * remember what they were asked. tests/long has moto for a second opinion.
 */
export interface Fake {
  readonly url: string;
  readonly port: number;
  readonly asked: Asked[];
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  /** The form of an STS request, decoded. */
  readonly form: Readonly<Record<string, string>>;
}

export type Answer = (asked: Asked, response: ServerResponse) => void;

/** Serves while `use` runs. With `tls`, over HTTPS. */
export async function withFake<T>(
  answer: Answer,
  use: (fake: Fake) => Promise<T>,
  tls?: { key: string; cert: string },
): Promise<T> {
  const asked: Asked[] = [];
  const listener: RequestListener = async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const form = Object.fromEntries(new URLSearchParams(body));
    const one = { method: request.method ?? "", path: request.url ?? "", headers: request.headers, form };
    asked.push(one);
    answer(one, response);
  };
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  const port = await listen(server);
  try {
    return await use({ url: `${tls ? "https" : "http"}://127.0.0.1:${port}`, port, asked });
  } finally {
    server.closeAllConnections();
    await close(server);
  }
}

/** Accepts connections and says nothing, ever. */
export async function withSilentServer<T>(use: (fake: Fake) => Promise<T>): Promise<T> {
  const { createServer: createTcpServer } = await import("node:net");
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket.on("error", () => {}));
  });
  const port = await listen(server);
  try {
    return await use({ url: `http://127.0.0.1:${port}`, port, asked: [] });
  } finally {
    for (const socket of sockets) socket.destroy();
    await close(server);
  }
}

/** A proxy that tunnels CONNECT to where it is asked, and counts. */
export async function withProxy<T>(use: (proxy: { url: string; connects: string[] }) => Promise<T>): Promise<T> {
  const connects: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((_, response) => response.writeHead(405).end());
  server.on("connect", (request: IncomingMessage, socket: Socket) => {
    connects.push(request.url ?? "");
    const [host, port] = (request.url ?? "").split(":");
    const upstream = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [socket, upstream]) sockets.add(end.on("error", () => {}));
  });
  const port = await listen(server);
  try {
    return await use({ url: `http://127.0.0.1:${port}`, connects });
  } finally {
    for (const socket of sockets) socket.destroy();
    await close(server);
  }
}

/** A port on which nobody listens. */
export async function deadPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await close(server);
  return port;
}

export const temporary = {
  accessKeyId: "ASIAQNZGKIQY56JQ7WML",
  secretAccessKey: "SENTINELsecretFromAFake0000000000000000a",
  sessionToken: "SENTINEL/session+token/from/a/fake==",
  expiration: "2099-01-01T00:00:00Z",
};

/** What STS answers to AssumeRole, AssumeRoleWithWebIdentity and GetSessionToken. */
export const sts: Answer = stsGivingUntil(() => temporary.expiration);

/** The same, with an end that goes by what was asked for. */
export function stsGivingUntil(expirationOf: (form: Asked["form"]) => string): Answer {
  return ({ form }, response) => {
    const action = form["Action"] ?? "";
    const { accessKeyId, secretAccessKey, sessionToken } = temporary;
    response.writeHead(200, { "content-type": "text/xml" });
    response.end(`<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials>
    <AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey>
    <SessionToken>${sessionToken}</SessionToken><Expiration>${expirationOf(form)}</Expiration></Credentials></${action}Result>
    <ResponseMetadata><RequestId>0</RequestId></ResponseMetadata></${action}Response>`);
  };
}

/** STS refusing, with an error code and message. */
export function stsRefusing(status: number, code: string, message: string): Answer {
  return (_, response) => {
    response.writeHead(status, { "content-type": "text/xml" });
    response.end(`<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
      <Code>${code}</Code><Message>${message}</Message></Error><RequestId>0</RequestId></ErrorResponse>`);
  };
}

/** The instance's metadata service, version 2: a session token first, then the role's name, then its credentials. */
export const instanceMetadata: Answer = ({ method, path, headers }, response) => {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = temporary;
  if (method === "PUT" && path === "/latest/api/token") return void response.end("imds-token");
  if (headers["x-aws-ec2-metadata-token"] !== "imds-token") return void response.writeHead(401).end();
  if (path === "/latest/meta-data/iam/security-credentials/") return void response.end("my-role");
  if (path !== "/latest/meta-data/iam/security-credentials/my-role") return void response.writeHead(404).end();
  response.end(
    JSON.stringify({
      Code: "Success",
      Type: "AWS-HMAC",
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      Token: sessionToken,
      Expiration: expiration,
    }),
  );
};

/** The container's: credentials for who has the right authorization. */
export const containerMetadata: Answer = ({ headers }, response) => {
  if (headers.authorization !== "Bearer pod") return void response.writeHead(401).end("{}");
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = temporary;
  response.writeHead(200, { "content-type": "application/json" });
  response.end(
    JSON.stringify({
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      Token: sessionToken,
      Expiration: expiration,
    }),
  );
};

/** The SSO portal's GetRoleCredentials. */
export const ssoPortal: Answer = ({ headers }, response) => {
  response.setHeader("content-type", "application/json");
  if (headers["x-amz-sso_bearer_token"] !== "sso-access-token") {
    response.writeHead(401, { "x-amzn-errortype": "UnauthorizedException" });
    return void response.end(JSON.stringify({ message: "Session token not found or invalid" }));
  }
  const { expiration, ...keys } = temporary;
  response.end(JSON.stringify({ roleCredentials: { ...keys, expiration: Date.parse(expiration) } }));
};

/** What takes a refresh token: SSO's OIDC service. */
export const ssoRenewal: Answer = (_, response) => {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ accessToken: "sso-access-token", expiresIn: 3600, refreshToken: "next" }));
};

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)));
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
