import { CacheauthError } from "../errors.ts";
import type { Host } from "../runtime.ts";
import type { Places } from "./places.ts";
import type { Session } from "./session.ts";
import { type AwsFiles, bringInStep, type FilesHost, type InStep, isInStep } from "./session-files.ts";
import { stateOf } from "./usable-session.ts";

/** What a runner has to tell. */
export type StepEvent =
  | { readonly event: "written"; readonly inStep: InStep }
  /** The files cannot be read or written: what was there last stays. Told once for each cause. */
  | { readonly event: "kept"; readonly error: CacheauthError }
  | { readonly event: "ended"; readonly session: Session };

export interface Keeping {
  readonly host: FilesHost & Pick<Host, "watchFolder">;
  readonly places: Places;
  readAwsFiles(): Promise<AwsFiles>;
  /** The files that are looked at when they change: a folder, and the names in it. */
  readonly watched: readonly { readonly folder: string; readonly names: readonly string[] }[];
  tell(event: StepEvent): void;
  /** What should not have happened: it looks no more. */
  fail(error: unknown): void;
}

/** Some file systems tell of no change, and links lead to other folders: so it looks by itself as well. */
const lookEveryMs = 5_000;
/** A file that is being written is looked at again after so long, until it stays the same: some write in place. */
const settleMs = 100;

/**
 * Keeps the shadow file what it should be, from `inStep` on. Looks when something in the folders changes, and now and then. What it
 * returns ends that, after what is going on.
 */
export function keepInStep(keeping: Keeping, inStep: InStep): () => Promise<void> {
  const { host, places, readAwsFiles, tell, fail } = keeping;
  const watch = watchFolders(keeping, () => void look());
  let placed = inStep.placed;
  let last = host.now();
  let said: string | null = null;
  let isWanted = false;
  let looking: Promise<void> | null = null;
  let isStopped = false;
  let cancel = host.after(lookEveryMs, onTime);

  function onTime(): void {
    cancel = host.after(lookEveryMs, onTime);
    void watch.renew();
    tellEnded();
    void look();
  }

  /** One at a time; what changes meanwhile is looked at afterwards. */
  function look(): Promise<void> {
    isWanted = true;
    looking ??= (async () => {
      while (isWanted && !isStopped) {
        isWanted = false;
        await lookOnce();
      }
      looking = null;
    })();
    return looking;
  }

  async function lookOnce(): Promise<void> {
    try {
      let files = await readAwsFiles();
      if (!(await isInStep(host, places, files))) {
        for (let before = files; ; before = files) {
          await new Promise<void>((resolve) => host.after(settleMs, resolve));
          files = await readAwsFiles();
          if (isStopped || isSame(before, files)) break;
        }
        const inStep = await bringInStep(host, places, readAwsFiles);
        ({ placed } = inStep);
        if (inStep.isWritten) tell({ event: "written", inStep });
      }
      said = null;
    } catch (error) {
      if (!(error instanceof CacheauthError)) {
        isStopped = true;
        return fail(error);
      }
      if (said !== error.message) tell({ event: "kept", error });
      said = error.message;
    }
  }

  function tellEnded(): void {
    const now = host.now();
    for (const session of placed) {
      if (stateOf(session, last) === "valid" && stateOf(session, now) === "expired") tell({ event: "ended", session });
    }
    last = now;
  }

  return async () => {
    isStopped = true;
    cancel();
    watch.end();
    await looking;
  };
}

function isSame(one: AwsFiles, other: AwsFiles): boolean {
  return one.texts.config === other.texts.config && one.texts.credentials === other.texts.credentials;
}

/** Watches the folders; one that is not there yet, or that stopped telling, is tried again at `renew`. */
function watchFolders({ host, watched }: Keeping, changed: () => void) {
  const ends = new Map<string, () => void>();
  const opening = new Set<string>();
  let isEnded = false;

  async function open({ folder, names }: Keeping["watched"][number]): Promise<void> {
    if (ends.has(folder) || opening.has(folder)) return;
    opening.add(folder);
    const end = await host
      .watchFolder(folder, (name) => {
        if (name === null) {
          // Perhaps it has ended.
          ends.get(folder)?.();
          ends.delete(folder);
        }
        if (name === null || names.includes(name)) changed();
      })
      .catch(() => null);
    opening.delete(folder);
    if (end === null) return;
    if (isEnded) return end();
    ends.set(folder, end);
    // What changed before it was watched.
    changed();
  }

  const renew = async (): Promise<void> => {
    await Promise.all(watched.map(open));
  };
  void renew();
  return {
    renew,
    end() {
      isEnded = true;
      for (const end of ends.values()) end();
      ends.clear();
    },
  };
}
