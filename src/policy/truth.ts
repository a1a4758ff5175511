/** Whether something holds; null where that depends on what is not known here. */
export type Truth = boolean | null;

/** A truth, and the condition keys that it depends on; none where it is known. */
export interface Known {
  readonly truth: Truth;
  readonly unknown: readonly string[];
}

export const holds: Known = { truth: true, unknown: [] };
export const fails: Known = { truth: false, unknown: [] };

export function known(truth: boolean): Known {
  return truth ? holds : fails;
}

export function dependsOn(unknown: readonly string[]): Known {
  return { truth: null, unknown };
}

/** One that fails settles it, whatever the others depend on. */
export function all(parts: Iterable<Known>): Known {
  return settle(parts, false);
}

/** One that holds settles it. */
export function some(parts: Iterable<Known>): Known {
  return settle(parts, true);
}

export function not({ truth, unknown }: Known): Known {
  return { truth: truth === null ? null : !truth, unknown };
}

function settle(parts: Iterable<Known>, by: boolean): Known {
  const unknown = new Set<string>();
  for (const part of parts) {
    if (part.truth === by) return known(by);
    for (const key of part.unknown) unknown.add(key);
  }
  return unknown.size === 0 ? known(!by) : dependsOn([...unknown]);
}
