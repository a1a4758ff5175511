/** What a page shows, held against what a program said here. */

/** What is another at each run: both sides are written in these words. */
const everyRun: readonly (readonly [there: RegExp, said: string])[] = [
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, "TIME"],
  [/\b\d{8}T\d{6}Z\b|\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, "TIME"],
  [/\b20\d{6}\//g, "DATE/"],
  [/\b(127\.0\.0\.1|localhost):(\d+|PORT)\b/g, "127.0.0.1:PORT"],
  [/-p \d{4,5}\b/g, "-p PORT"],
  [/"port":\d+/g, '"port":PORT'],
  [/("pid":|\b[Pp]rocess |\bPID )\d+/g, "$1PID"],
  [/\b(\d+ h )?\d+ min( \d+ s)?\b|\b\d+ (s|days) (?=left\b)/g, "DURATION"],
  // With the bar behind it.
  [/ *\b\d+(\.\d+)? ms\b( +=+)?/g, " TIMED"],
  // Made anew by each endpoint, and removed with it.
  [/(?<=\(throwaway\) )[0-9a-f]{8}/g, "NUMBER"],
  [/\S*\/cacheauth-emulate-\w+\/ca\.pem/g, "FILE"],
];

/**
 * Whether it is said as it is shown: a line that is only `…` stands for any number of lines, `…` inside of one for
 * anything. Spaces that nobody sees are not compared.
 */
export function isAsShown(said: string, shown: string): boolean {
  const lines = written(shown)
    .split("\n")
    .map((line) => (line.trim() === "…" ? "(?:[^\n]*\n)*?" : `${line.split("…").map(escaped).join("[^\n]*?")}\n`));
  return new RegExp(`^${lines.join("")}$`).test(`${written(said)}\n`);
}

/** In the words of both sides, for a person who looks for the difference. */
export function written(text: string): string {
  return everyRun
    .reduce((all, [there, word]) => all.replace(there, word), text)
    .replace(/[ \t]+$/gm, "")
    .trimEnd();
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
