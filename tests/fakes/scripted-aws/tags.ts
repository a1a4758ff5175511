/** Tags of cache and user, which a world has among what the conditions of its key's policies see. */

type Context = Readonly<Record<string, string | readonly string[]>>;

export const tagPrefix = "aws:ResourceTag/";

/** By their keys, without the prefix of a condition key. */
export function tagsIn(context: Context): Readonly<Record<string, string>> {
  const keys = Object.keys(context).filter((key) => key.startsWith(tagPrefix));
  return Object.fromEntries(keys.map((key) => [key.slice(tagPrefix.length), tagIn(context, key) ?? ""]));
}

export function tagIn(context: Context, key: string): string | null {
  return [context[key] ?? []].flat()[0] ?? null;
}

/** What IAM's simulator sees, which looks up no tags. */
export function withoutTags(context: Context): Context {
  return Object.fromEntries(Object.entries(context).filter(([key]) => !key.startsWith(tagPrefix)));
}
