/**
 * What the request tells of a condition key: its values; that it has none; nothing that is known here; or the values that it
 * has if it is there at all, which nobody documents.
 */
type ContextValue = readonly string[] | "absent" | "unknown" | Perhaps;

interface Perhaps {
  readonly perhaps: readonly string[];
}

/** By a key in lower case. */
export type ConditionContext = (key: string) => ContextValue;

/**
 * A context of given values.
 *
 * @param otherwise what holds for every other key: a look from outside does not know, a model of the request knows that
 *   there is none
 * @example
 * ```ts
 * const context = contextOf({ "aws:SourceIp": "10.0.0.7" }, "unknown");
 * context("aws:sourceip"); // ["10.0.0.7"]
 * context("aws:username"); // "unknown"
 * ```
 */
export function contextOf(
  values: Readonly<Record<string, string | readonly string[]>>,
  otherwise: "absent" | "unknown",
): ConditionContext {
  const known = new Map(
    Object.entries(values).map(([key, value]) => [key.toLowerCase(), typeof value === "string" ? [value] : value]),
  );
  return (key) => known.get(key) ?? otherwise;
}

export function isPerhaps(value: ContextValue): value is Perhaps {
  return typeof value === "object" && "perhaps" in value;
}
