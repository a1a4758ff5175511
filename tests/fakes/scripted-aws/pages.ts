import type { Call } from "./call.ts";
import type { Script } from "./script.ts";

interface Page<T> {
  readonly records: readonly T[];
  /** Where the next one begins; undefined of the last. */
  readonly next: string | undefined;
}

/** The records of one answer: those behind the marker of the call, as many as it wants and the script lets through. */
export function pageOf<T>(records: readonly T[], { parameters }: Call, { pageSize = 100 }: Script): Page<T> {
  const marker = parameters["Marker"] ?? parameters["NextToken"];
  const from = marker === undefined ? 0 : Number(marker.replace(/^after-/, ""));
  const wanted = parameters["MaxRecords"] ?? parameters["MaxResults"] ?? parameters["MaxItems"] ?? 100;
  const until = from + Math.min(Number(wanted), pageSize);
  return { records: records.slice(from, until), next: until < records.length ? `after-${until}` : undefined };
}
