import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The AWS CLI as one process that has it loaded, and forks for each call: it takes a second to load, and a script calls it
 * twenty times. What stands in `bin` as `aws` hands over its words and its streams, and ends as the call ends.
 */
export async function withAwsCli(
  python: string,
  bin: string,
  env: Readonly<Record<string, string>>,
  use: () => Promise<void>,
): Promise<void> {
  const socket = join(bin, "aws.socket");
  writeFileSync(join(bin, "aws.py"), client);
  writeFileSync(join(bin, "aws"), `#!/bin/sh\nexec '${python}' -I -S '${bin}/aws.py' '${socket}' "$@"\n`, {
    mode: 0o755,
  });
  const child = spawn(python, ["-c", server, socket], { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve, reject) => child.once("error", reject).once("close", () => resolve()));
  try {
    await new Promise<void>((resolve, reject) => {
      child.stdout.once("data", () => resolve());
      ended.then(() => reject(new Error("the AWS CLI ended")), reject);
    });
    await use();
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
}

const client = `
import json, os, socket, sys
s = socket.socket(socket.AF_UNIX)
s.connect(sys.argv[1])
socket.send_fds(s, [json.dumps(sys.argv[2:]).encode()], [1, 2])
sys.exit(s.recv(1)[0])
`;

const server = `
import json, os, signal, socket, sys
from awscli.clidriver import create_clidriver
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
driver = create_clidriver()
for service in ["elasticache", "memorydb", "iam", "sts"]:
    driver.session.get_service_model(service)
s = socket.socket(socket.AF_UNIX)
s.bind(sys.argv[1])
s.listen()
print("ready", flush=True)
while True:
    connection, _ = s.accept()
    if os.fork():
        connection.close()
        continue
    words, streams, _, _ = socket.recv_fds(connection, 65536, 2)
    os.dup2(streams[0], 1)
    os.dup2(streams[1], 2)
    try:
        code = driver.main(json.loads(words))
    except SystemExit as end:
        code = end.code
    sys.stdout.flush()
    sys.stderr.flush()
    connection.send(bytes([int(code or 0) & 255]))
    os._exit(0)
`;
