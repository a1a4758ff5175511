import { encode, parameters } from "./sample.ts";

/**
 * An example of the catalogue, with each … between two & (or at an end) replaced by what the good token has between the
 * parameters that stand beside it.
 */
export function expandExample(example: string): string {
  const pieces = example.split("&");
  let done = -1;
  const written = pieces.flatMap((piece, index) => {
    if (!piece.startsWith("…")) {
      done = Math.max(done, indexOf(piece));
      return [piece];
    }
    const next =
      pieces
        .slice(index + 1)
        .map(indexOf)
        .find((at) => at > done) ?? parameters.length;
    const inserted = parameters.slice(done + 1, next).map(([name, value]) => `${name}=${encode(value)}`);
    done = next - 1;
    // What is written right behind the … belongs to the last of them.
    return [...inserted.slice(0, -1), ...inserted.slice(-1).map((last) => last + piece.slice(1))];
  });
  return written.join("&");
}

/** Which of the good token's parameters a piece of an example is; -1 where it is none. */
function indexOf(piece: string): number {
  const name = /^(?:.*\/\?)?([A-Za-z-]+)(?:=|$)/s.exec(piece)?.[1];
  return parameters.findIndex(([known]) => known === name);
}
