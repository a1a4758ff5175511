/** The tags of a cache or a user, by its ARN; null where there is no such thing. */
import { orNull } from "./looked.ts";

type ElastiCache = InstanceType<typeof import("@aws-sdk/client-elasticache")["ElastiCacheClient"]>;
type MemoryDb = InstanceType<typeof import("@aws-sdk/client-memorydb")["MemoryDBClient"]>;

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export async function elastiCacheTags(client: ElastiCache, arn: string): Promise<readonly Tag[] | null> {
  const { ListTagsForResourceCommand } = await import("@aws-sdk/client-elasticache");
  const answer = await orNull(client.send(new ListTagsForResourceCommand({ ResourceName: arn })), /NotFound/);
  return answer && tagsOf(answer.TagList);
}

export async function memoryDbTags(client: MemoryDb, arn: string): Promise<readonly Tag[] | null> {
  const { ListTagsCommand } = await import("@aws-sdk/client-memorydb");
  const answer = await orNull(client.send(new ListTagsCommand({ ResourceArn: arn })), /NotFound/);
  return answer && tagsOf(answer.TagList);
}

/** What is no tag, in an answer that somebody else gave, is left out: the client checks little. */
function tagsOf(all: unknown): readonly Tag[] {
  if (!Array.isArray(all)) return [];
  return all.flatMap((tag: { readonly Key?: unknown; readonly Value?: unknown } | null) => {
    const [key, value] = [tag?.Key, tag?.Value ?? ""];
    return typeof key === "string" && typeof value === "string" ? [{ key, value }] : [];
  });
}
