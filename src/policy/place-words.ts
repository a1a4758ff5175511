import type { PolicyDocument, Statement, StatementPlace } from "./document.ts";

/** `statement 2 (AllowConnect)`, and of which policy where there are several. */
export function placeWords(documents: readonly PolicyDocument[], place: StatementPlace): string {
  const document = documents[place.document];
  const sid = statementAt(documents, place)?.sid ?? null;
  const which = documents.length > 1 ? ` of ${document?.name ?? `policy ${place.document + 1}`}` : "";
  return `statement ${place.statement + 1}${sid === null ? "" : ` (${sid})`}${which}`;
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
