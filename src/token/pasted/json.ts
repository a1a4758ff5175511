import type { Unwrapped } from "./layer.ts";
import { hasTokenMarks } from "./marks.ts";

/** A token in JSON: the first text in it that has the marks of one, with the user that stands beside it. */
export function unwrapJson(text: string): Unwrapped | null {
  if (!/^[{[]/.test(text)) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return search(value, { left: 10_000 }, 0);
}

function search(value: unknown, budget: { left: number }, depth: number): Unwrapped | null {
  if (typeof value !== "object" || value === null || depth > 8) return null;
  for (const [key, inner] of Object.entries(value)) {
    budget.left -= 1;
    if (budget.left < 0) return null;
    if (typeof inner === "string" && hasTokenMarks(inner)) {
      const what = Array.isArray(value) || key.length > 40 ? "JSON" : `the field ${key} of JSON`;
      return { text: inner, user: userBeside(value), layers: [{ rule: "unwrapped", what }] };
    }
    const found = search(inner, budget, depth + 1);
    if (found) return found;
  }
  return null;
}

function userBeside(object: object): string | null {
  const { username, user } = object as { username?: unknown; user?: unknown };
  const found = username ?? user;
  return typeof found === "string" && found !== "" ? found : null;
}
