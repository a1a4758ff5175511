import type { Looked, LookFailure } from "../aws/records/looked.ts";
import type { Tag } from "../aws/records/resource-tags.ts";
import type { SimulatedDecision } from "../judge/world.ts";

type Context = Readonly<Record<string, string>>;

interface SimulatedWithTags {
  /** Null where IAM knows no such principal. */
  readonly decision: Looked<SimulatedDecision | null>;
  /** Why the tags could not be read, where a condition asks for one. */
  readonly unread: LookFailure | null;
}

/**
 * IAM's simulator reads no tags: a condition on one does not hold there, and its key is named. Then the tags of the cache or the
 * user are read, and it is asked again with what they are. Where no condition asks for any, none are read.
 */
export async function simulateWithTags(
  simulate: (context: Context) => Promise<Looked<SimulatedDecision | null>>,
  readTags: () => Promise<Looked<readonly Tag[] | null>>,
): Promise<SimulatedWithTags> {
  const decision = await simulate({});
  const keys = decision.found?.missingKeys.filter((key) => key.toLowerCase().startsWith(prefix)) ?? [];
  if (keys.length === 0) return { decision, unread: null };
  const { found, failure } = await readTags();
  // What is not there has no tags to know: another check says so.
  if (found === null) return { decision, unread: failure };
  const tags = keys.map((key) => ({ key, value: tagAt(key.slice(prefix.length), found) }));
  const context = Object.fromEntries(tags.flatMap(({ key, value }) => (value === null ? [] : [[key, value]])));
  const again = Object.keys(context).length === 0 ? decision : await simulate(context);
  if (again.found === null) return { decision: again, unread: null };
  // That a tag is not there is known as well.
  const missingKeys = again.found.missingKeys.filter((key) => !keys.includes(key));
  return { decision: { found: { ...again.found, missingKeys, tags }, failure: null }, unread: null };
}

const prefix = "aws:resourcetag/";

/** Condition keys are compared without regard to case, and two tags may differ in it alone. */
function tagAt(name: string, tags: readonly Tag[]): string | null {
  const lower = name.toLowerCase();
  const tag = tags.find(({ key }) => key === name) ?? tags.find(({ key }) => key.toLowerCase() === lower);
  return tag?.value ?? null;
}
