import { CacheauthError, shown } from "../../errors.ts";
import type { Connection, Runtime } from "../../runtime.ts";
import type { Places } from "../../session/places.ts";
import { type Asked, ask, type RunnerFacts } from "../../session/talk.ts";

/** Asks the runner; null where none runs. */
export async function askRunner(what: Asked, { socket }: Places, { host, net }: Runtime): Promise<RunnerFacts | null> {
  let connection: Connection;
  try {
    connection = await (await net()).connectLocal(socket);
  } catch (error) {
    const { code = "unknown error" } = error as { code?: string };
    if (code === "ENOENT" || code === "ECONNREFUSED" || code === "ENOTDIR" || code === "ENAMETOOLONG") return null;
    throw unreachable(
      code === "EPERM"
        ? `The socket ${shown(socket)} is not yours alone: nothing is asked there.`
        : `The runner cannot be reached (${code}).`,
    );
  }
  const facts = await ask(connection, what, host);
  if (facts === null) throw unreachable("Something listens on the runner's socket, but gives no answer.");
  return facts;
}

function unreachable(why: string): CacheauthError {
  return new CacheauthError("runner-unreachable", why, "See what runs there (pgrep -fa 'session run'), and end it.");
}
