/**
 * Runs one hostile endpoint, on Node whatever the tests run on, so that its bytes are the same for all of them. Ends
 * when its stdin does, which is also when the test dies.
 *
 * Argument: {name, host, directory, certified} as JSON; the directory is removed at the end. On stdout a line of JSON
 * each: {port}, then {event} as they happen and {received} when asked. On stdin lines: {release: stage},
 * {received: true}.
 */
import { readFileSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { createServer as createTlsServer } from "node:tls";
import { connect } from "./hostile-connection.ts";
import { type Endpoint, endpoints } from "./hostile-endpoints.ts";

const { name, host, directory, certified } = JSON.parse(process.argv[2] ?? "");
const endpoint: Endpoint = endpoints[name as keyof typeof endpoints];
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const tell = (event: string) => say({ event });

const open = new Set<Socket>();
/** What each connection sent that got so far as to speak: below TLS where there is TLS. */
const received: string[] = [];
let whenIdle: (() => void)[] = [];

const gates = new Map<string, { passed: Promise<void>; open: () => void }>();
function gateOf(stage: string): { passed: Promise<void>; open: () => void } {
  let gate = gates.get(stage);
  if (!gate) {
    let open = () => {};
    const passed = new Promise<void>((resolve) => {
      open = resolve;
    });
    gate = { passed, open };
    gates.set(stage, gate);
  }
  return gate;
}
const gate = (stage: string) => {
  tell(`waits at ${stage}`);
  return gateOf(stage).passed;
};

const { tls } = endpoint;
const [minVersion, maxVersion] = tls?.versions ?? ["TLSv1.2", "TLSv1.3"];
const secure = tls
  ? createTlsServer({
      cert: readFileSync(certified.certFile),
      key: readFileSync(certified.keyFile),
      ca: readFileSync(certified.caFile),
      minVersion,
      maxVersion,
      // What OpenSSL 3 asks for before it speaks the old versions.
      ...(maxVersion === "TLSv1.1" ? { ciphers: "DEFAULT@SECLEVEL=0" } : {}),
      requestCert: tls.clientCertificate ?? false,
      rejectUnauthorized: tls.clientCertificate ?? false,
    })
  : null;
const server = createServer({ allowHalfOpen: name === "half-closed", noDelay: true }, async (socket) => {
  open.add(socket);
  tell("connection");
  socket.on("error", () => {});
  socket.on("close", () => {
    open.delete(socket);
    tell("close");
    if (open.size === 0) for (const idle of whenIdle.splice(0)) idle();
  });
  if (!secure) {
    begin(socket, socket);
    return;
  }
  await endpoint.before?.(connect(socket, socket, gate, tell));
  secure.emit("connection", socket);
});
secure?.on("secureConnection", (stream) => {
  tell("tls");
  // TLS hides the socket below it, which is the one that can be reset.
  const socket = [...open].find(({ remotePort }) => remotePort === stream.remotePort);
  if (!socket) {
    stream.destroy();
    return;
  }
  stream.on("error", () => {});
  begin(stream, socket);
});
secure?.on("tlsClientError", (_error, stream) => {
  tell("no tls");
  stream.destroy();
});

function begin(stream: Socket, socket: Socket): void {
  const index = received.push("") - 1;
  stream.on("data", (bytes: Buffer) => {
    if (received[index] === "") tell("bytes");
    // Enough to see what came; a flood is not kept.
    if ((received[index] ?? "").length < 1 << 20) received[index] += bytes.toString("latin1");
  });
  endpoint.script(connect(stream, socket, gate, tell));
}

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const asked = JSON.parse(line);
    if (asked.release) gateOf(asked.release).open();
    if (asked.received) {
      const answer = () => say({ received });
      if (open.size === 0) answer();
      else whenIdle = [...whenIdle, answer];
    }
  })
  .on("close", () => {
    rmSync(directory, { recursive: true, force: true });
    process.exit(0);
  });
server.listen(0, host, () => say({ port: (server.address() as { port: number }).port }));
