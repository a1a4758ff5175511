/** Why a file could not be read, to stand behind a colon. */
export function whyUnreadable(error: unknown): string {
  const { code = "unknown error" } = error as { code?: string };
  return reasons[code] ?? `an unknown error (${code})`;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "you may not read it",
  EPERM: "you may not read it",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of the path is no folder",
  ELOOP: "its links go round in a circle",
  ENAMETOOLONG: "the name is too long",
};
