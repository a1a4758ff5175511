import type { CacheRecord, Group, User } from "../../judge/world.ts";
import type { Kind } from "../../target/kinds.ts";
import type { Looked } from "./looked.ts";
import type { Tag } from "./resource-tags.ts";

export interface AskedCache {
  readonly kind: Kind;
  readonly name: string;
}

/** A cache's record, and what it names. */
export interface CacheWithGroups {
  readonly record: CacheRecord;
  /** User groups that are attached; of a MemoryDB cluster its ACL. */
  readonly groupIds: readonly string[];
  readonly joiningGroupIds: readonly string[];
  /** One of its nodes, which tells what the whole does not; null where that is not needed. */
  readonly node: string | null;
}

/** Read-only look-ups at one service, in one region. Whether a record is there is an answer: null says that it is not. */
export interface CacheRecords {
  cache(asked: AskedCache): Promise<Looked<CacheWithGroups | null>>;
  /** The names of those that are there; not all of very many. */
  names(asked: AskedCache): Promise<Looked<readonly string[]>>;
  /** Where the record of the cache does not tell its version; null where nothing does. */
  version(record: CacheWithGroups): Promise<Looked<Pick<CacheRecord, "engine" | "version"> | null>>;
  users(): Promise<Looked<readonly User[]>>;
  /** All of the account; whether they are attached by the cache's record, or by their own where that is not known. */
  groups(asked: AskedCache, attached: CacheWithGroups | null): Promise<Looked<readonly Group[]>>;
  /** Of a cache or a user, by its ARN. */
  tags(arn: string): Promise<Looked<readonly Tag[] | null>>;
}
