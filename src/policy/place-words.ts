import type { PolicyDocument, Statement, StatementPlace } from "./document.ts";
import { lineOf } from "./source.ts";

/** `statement 2 (AllowConnect, line 9)`, and of which policy where there are several. */
export function placeWords(documents: readonly PolicyDocument[], place: StatementPlace): string {
  const document = documents[place.document];
  const sid = statementAt(documents, place)?.sid ?? null;
  const line = lineOf(document?.source ?? null, place.statement);
  const which = documents.length > 1 ? ` of ${document?.name ?? `policy ${place.document + 1}`}` : "";
  return `statement ${place.statement + 1}${asideWords(sid, line)}${which}`;
}

/** ` (AllowConnect, line 9)`, with a space before it; nothing where neither is known. */
export function asideWords(sid: string | null, line: number | null): string {
  const words = [...(sid === null ? [] : [sid.slice(0, 60)]), ...(line === null ? [] : [`line ${line}`])];
  return words.length === 0 ? "" : ` (${words.join(", ")})`;
}

/** The same at the beginning of a sentence. */
export function placeAtStart(documents: readonly PolicyDocument[], place: StatementPlace): string {
  return placeWords(documents, place).replace(/^s/, "S");
}

function statementAt(documents: readonly PolicyDocument[], place: StatementPlace): Statement | undefined {
  return documents[place.document]?.statements[place.statement];
}

/** Every statement of all documents, with where it stands. */
export function allStatements(documents: readonly PolicyDocument[]): readonly {
  readonly statement: Statement;
  readonly place: StatementPlace;
  readonly version: PolicyDocument["version"];
}[] {
  return documents.flatMap(({ statements, version }, document) =>
    statements.map((statement, index) => ({ statement, place: { document, statement: index }, version })),
  );
}
