import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";

type Line = Readonly<Record<string, unknown>>;

/** The objects on a child's stdout, one a line: those that came, and those to come. Lines that are no JSON are left out. */
export class JsonLines {
  readonly #seen: Line[] = [];
  readonly #waiting = new Set<(line: Line | null) => void>();
  #ended = false;

  constructor(child: ChildProcess) {
    if (!child.stdout) throw new Error("a child without stdout");
    createInterface({ input: child.stdout }).on("line", (text) => {
      if (text.startsWith("{")) this.#tell(JSON.parse(text));
    });
    child.once("close", () => {
      this.#ended = true;
      this.#tell(null);
    });
  }

  get seen(): readonly Line[] {
    return this.#seen;
  }

  /** The first one like that of all. Rejects when the child ended without one. */
  async first(like: (line: Line) => boolean): Promise<Line> {
    return this.#seen.find(like) ?? this.next(like);
  }

  /** The first one like that from now on. */
  next(like: (line: Line) => boolean): Promise<Line> {
    return new Promise((resolve, reject) => {
      const wait = (line: Line | null) => {
        if (line !== null && !like(line)) return;
        this.#waiting.delete(wait);
        if (line === null) reject(new Error("the process ended without the line that was waited for"));
        else resolve(line);
      };
      if (this.#ended) wait(null);
      else this.#waiting.add(wait);
    });
  }

  #tell(line: Line | null): void {
    if (line) this.#seen.push(line);
    for (const wait of [...this.#waiting]) wait(line);
  }
}
