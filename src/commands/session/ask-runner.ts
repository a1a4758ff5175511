import { CacheauthError, shown } from "../../errors.ts";
import type { Connection, Runtime } from "../../runtime.ts";
import type { Places } from "../../session/places.ts";
import { type Asked, ask, type RunnerFacts } from "../../session/talk.ts";

/** One that is just ending may take a connection and answer no more: after a moment it is gone. */
const mostTries = 5;
const pauseMs = 100;

/** Asks the runner; null where none runs. */
export async function askRunner(what: Asked, places: Places, runtime: Runtime): Promise<RunnerFacts | null> {
  for (let tries = 1; ; tries += 1) {
    const connection = await connectTo(places, runtime);
    if (connection === null) return null;
    const facts = await ask(connection, what, runtime.host);
    if (facts !== null) return facts;
    if (tries === mostTries) throw unreachable("Something listens on the runner's socket, but gives no answer.");
    await new Promise<void>((resolve) => runtime.host.after(pauseMs, resolve));
  }
}

async function connectTo({ socket }: Places, { net }: Runtime): Promise<Connection | null> {
  try {
    return await (await net()).connectLocal(socket);
  } catch (error) {
    const { code = "unknown error" } = error as { code?: string };
    // With a path that is too long for a socket, nobody can listen.
    if (code === "ENOENT" || code === "ECONNREFUSED" || code === "ENOTDIR" || code === "ENAMETOOLONG") return null;
    throw unreachable(
      code === "EPERM"
        ? `The socket ${shown(socket)} is not yours alone: nothing is asked there.`
        : `The runner cannot be reached (${code}).`,
    );
  }
}

function unreachable(why: string): CacheauthError {
  return new CacheauthError("runner-unreachable", why, "See what runs there (pgrep -fa 'session run'), and end it.");
}
