import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

/**
 * Starts a server that would outlive a test that dies. Resolves when a line of its output is like `ready`; rejects with
 * its last lines if it ends before.
 */
export async function startGuarded(
  command: readonly string[],
  { ready, directory }: { readonly ready: RegExp; readonly directory: string },
): Promise<{ readonly stop: () => Promise<void>; readonly ended: Promise<void> }> {
  const child = spawnGuarded(command, directory);
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async () => {
    child.stdin.end();
    await ended;
  };
  try {
    await lineLike(child, ready);
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop, ended };
}

/**
 * A child that a shell kills, and whose folder it removes, as soon as our end of its stdin is gone. It ends as the
 * child does.
 */
export function spawnGuarded(
  command: readonly string[],
  directory: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): ChildProcessWithoutNullStreams {
  return spawn("sh", ["-c", guard, "guard", directory, ...command], { env, stdio: ["pipe", "pipe", "pipe"] });
}

const guard = `
  directory=$1; shift; exec 3<&0
  "$@" </dev/null 3<&- & server=$!
  { cat <&3 >/dev/null; kill -9 $server; rm -rf "$directory"; } >/dev/null 2>&1 &
  wait $server
`;

function lineLike(child: ChildProcess, ready: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    const last: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      // Read to the end, or a full pipe would hold the server up.
      createInterface({ input: stream }).on("line", (line) => {
        last.push(line);
        if (last.length > 12) last.shift();
        if (ready.test(line)) resolve();
      });
    }
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`it ended with ${code}:\n${last.join("\n")}`)));
  });
}

/** A port of 127.0.0.1 that nobody listened on a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** Somebody else may have taken a free port meanwhile: then with others. */
export async function onFreePorts<T>(count: number, start: (ports: readonly number[]) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const ports: number[] = [];
    while (new Set(ports).size < count) ports.push(await freePort());
    try {
      return await start([...new Set(ports)]);
    } catch (error) {
      if (tries === 5 || !/Address already in use/.test(String(error))) throw error;
    }
  }
}
