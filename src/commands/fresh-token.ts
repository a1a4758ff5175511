/** A token that is kept fresh with the credentials at hand, wherever it is put. */
import type { FoundCredentials } from "../aws/environment-credentials.ts";
import { sharedFilePaths } from "../aws/shared-files.ts";
import { type Failure, type Fresh, keepFresh } from "../client/keep-fresh.ts";
import { type WatchedFolder, watchFiles } from "../client/watch-files.ts";
import type { Host, Runtime } from "../runtime.ts";
import { sessionPlaces } from "../session/places.ts";
import type { Token } from "../token/create-token.ts";
import type { OwnToken } from "./own-token.ts";

export interface FreshTokenOptions {
  readonly own: OwnToken;
  readonly runtime: Runtime;
  /** An MFA code was given: it is good for one time. */
  readonly hasMfaCode: boolean;
  readonly everyMs: number | null;
  /** Puts it where it is read. Where it rejects, the refresh has failed. */
  write(token: Token): Promise<void>;
  refreshed?(token: Token, nextAt: Date): void;
  failed?(failure: Failure): void;
}

/** Nothing is made before it is asked for. Its `stop` waits for nobody: what is under way may be waiting for AWS. */
export function freshToken(options: FreshTokenOptions): Pick<Fresh<Token>, "current" | "changed"> & { stop(): void } {
  const { own, runtime, write, refreshed, failed } = options;
  const { host } = runtime;
  const finder = credentialFinder(options);
  const fresh = keepFresh<Token>({
    async make() {
      const credentials = await finder.find();
      const token = await own.make(credentials, host.now());
      await write(token);
      return token;
    },
    when: { everyMs: options.everyMs },
    clock: host,
    random: () => new DataView(host.random(4).buffer).getUint32(0) / 2 ** 32,
    ...(refreshed && { refreshed }),
    ...(failed && { failed }),
  });
  const changed = () => {
    finder.forget();
    fresh.changed();
  };
  const endWatch = watchFiles(credentialPlaces(host), host, changed);
  return {
    current: fresh.current,
    changed,
    stop() {
      endWatch();
      void fresh.stop();
    },
  };
}

/**
 * Looks for the credentials anew each time, for they may be others by now; but those that an MFA code was spent on are kept as
 * long as a token made with them lives its whole life.
 */
function credentialFinder({ own, runtime, hasMfaCode }: FreshTokenOptions) {
  const { host, io } = runtime;
  let kept: FoundCredentials | null = null;
  return {
    forget() {
      kept = null;
    },
    async find(): Promise<FoundCredentials> {
      const end = kept?.expiration?.getTime() ?? Number.POSITIVE_INFINITY;
      if (kept && end - host.now().getTime() >= own.expiresIn * 1_000) return kept;
      let wasAsked = hasMfaCode;
      const asking: Partial<Runtime["io"]> = {
        promptSecret(question) {
          wasAsked = true;
          return io.promptSecret(question);
        },
      };
      // Other objects: what was read of the AWS files is kept by the host that it was read with.
      const found = await own.findCredentials({
        ...runtime,
        host: Object.create(host),
        io: Object.assign(Object.create(io), asking),
      });
      kept = wasAsked ? found : null;
      return found;
    },
  };
}

/** The files that tell of other credentials; nothing tells of a role's, a container's or a machine's, which end by themselves. */
function credentialPlaces(host: Host): readonly WatchedFolder[] {
  const { configPath, credentialsPath } = sharedFilePaths(host);
  const paths = [configPath, credentialsPath, ...sessionFiles(host)].filter((path) => path !== null);
  const folders = paths.map((path) => {
    const [, folder, name] = /^(?:(.*)[/\\])?([^/\\]*)$/s.exec(path) ?? [];
    return { folder: folder === undefined ? "." : folder || "/", files: [name ?? ""] };
  });
  // A login by SSO writes there.
  const home = host.homeDirectory;
  return [...folders, ...(home === null ? [] : [{ folder: `${home}/.aws/sso/cache`, files: null }])];
}

function sessionFiles(host: Host): readonly string[] {
  try {
    const { settings, shadow } = sessionPlaces(host);
    return [settings, shadow];
  } catch {
    return [];
  }
}
