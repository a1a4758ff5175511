/** The folders of files, with the names that matter in each. */
export function watchedFolders(paths: readonly string[]): { folder: string; names: string[] }[] {
  const folders = new Map<string, string[]>();
  for (const path of paths) {
    const [, folder = "", name = ""] = /^(.*)[/\\]([^/\\]*)$/s.exec(path) ?? [];
    folders.set(folder || "/", [...(folders.get(folder || "/") ?? []), name]);
  }
  return [...folders].map(([folder, names]) => ({ folder, names }));
}
