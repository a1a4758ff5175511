import type { Host } from "../runtime.ts";

type WatchHost = Pick<Host, "watchFolder" | "readFile" | "after">;

/** What is watched in a folder: these files by what is in them, or with null whatever happens there. */
export interface WatchedFolder {
  readonly folder: string;
  readonly files: readonly string[] | null;
}

/** Whoever writes a file in place is given so long to finish. */
const settleMs = 100;
/** Some file systems tell of no change; then it is seen by looking. */
const lookEveryMs = 30_000;
const mostBytes = 1 << 20;

/**
 * Calls `changed` when the content of a file is another than before, or something happens in a folder that is watched as a
 * whole. What is not there is watched as soon as it is. What it returns ends that.
 */
export function watchFiles(watched: readonly WatchedFolder[], host: WatchHost, changed: () => void): () => void {
  const ends = new Map<WatchedFolder, () => void>();
  let isEnded = false;
  let callOffLook: (() => void) | null = null;
  let isSureSoon = false;
  let callOffTimer = () => {};
  let before = contentsOf(watched, host);

  const look = async (isSure: boolean) => {
    const then = before;
    before = contentsOf(watched, host);
    const [old, now] = await Promise.all([then, before]);
    if (!isEnded && (isSure || old !== now)) changed();
  };
  /** Many events are one change; but where they never end, the first is not put off for ever. */
  const soon = (isSure: boolean) => {
    isSureSoon ||= isSure;
    callOffLook ??= host.after(settleMs, () => {
      callOffLook = null;
      void look(isSureSoon);
      isSureSoon = false;
    });
  };
  const open = async (place: WatchedFolder) => {
    if (ends.has(place)) return;
    ends.set(place, () => {});
    const seen = (name: string | null) => {
      if (name === null) {
        ends.get(place)?.();
        ends.delete(place);
      }
      if (place.files === null || name === null || place.files.includes(name)) soon(place.files === null);
    };
    try {
      const end = await host.watchFolder(place.folder, seen);
      if (isEnded) return end();
      ends.set(place, end);
      // What happened before it was watched.
      soon(false);
    } catch {
      ends.delete(place);
    }
  };
  const openAll = () => Promise.all(watched.map(open));
  const onTime = () => {
    callOffTimer = host.after(lookEveryMs, onTime);
    void openAll();
    void look(false);
  };
  callOffTimer = host.after(lookEveryMs, onTime);
  void openAll();
  return () => {
    isEnded = true;
    callOffLook?.();
    callOffTimer();
    for (const end of ends.values()) end();
  };
}

async function contentsOf(watched: readonly WatchedFolder[], host: WatchHost): Promise<string> {
  const paths = watched.flatMap(({ folder, files }) => (files ?? []).map((file) => `${folder}/${file}`));
  const contents = await Promise.all(
    paths.map((path) =>
      host.readFile(path, mostBytes).then(
        (bytes) => new TextDecoder("latin1").decode(bytes),
        (error) => (error as { code?: string }).code ?? "unreadable",
      ),
    ),
  );
  return JSON.stringify(contents);
}
