/** A session as a page shows it: what is typed, and what then stands on the terminal. */

export interface Typed {
  readonly typed: string;
  /** Null where nothing is shown. */
  readonly shown: string | null;
}

export function sessionIn(text: string): readonly Typed[] {
  const lines = text.split("\n").slice(0, -1);
  const session: { typed: string; shown: string[] }[] = [];
  let goesOn = false;
  for (const line of lines) {
    const last = session.at(-1);
    if (goesOn && last) last.typed += `\n${line}`;
    else if (line.startsWith("$ ")) session.push({ typed: line.slice(2), shown: [] });
    else if (last) last.shown.push(line);
    else throw new Error(`a session begins with what is typed, not with: ${line}`);
    goesOn = (goesOn || line.startsWith("$ ")) && line.endsWith("\\");
  }
  return session.map(({ typed, shown }) => {
    const said = shown.join("\n").trimEnd();
    return { typed, shown: said === "" ? null : said };
  });
}

/** A script, as one thing that is typed: it ends where a line of it fails. */
export function scriptIn(text: string): readonly Typed[] {
  return [{ typed: `(\nset -e\n${text})`, shown: null }];
}
