import { formatTime } from "../token/time.ts";
import type { Step } from "../walk/step.ts";
import type { Examination } from "./examination.ts";

/** What of all that a login needs ends first, and when; null where nothing tells. A token that was made here is made again. */
export function soonestEnd({ credentials, linted }: Examination, checks: readonly Step[]): string | null {
  const isHandedIn = checks.find(({ name }) => name === "token")?.detail?.["from"] === "token";
  const ends = [
    ...(credentials?.expiration ? [{ what: "the credentials", at: credentials.expiration }] : []),
    ...(isHandedIn && linted?.subject.fields.expiresAt
      ? [{ what: "the token", at: linted.subject.fields.expiresAt }]
      : []),
    ...certificateEnd(checks),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
  const [first] = ends;
  return first ? `${first.what}, at ${formatTime(first.at)}` : null;
}

function certificateEnd(checks: readonly Step[]): readonly { readonly what: string; readonly at: Date }[] {
  const network = checks.find(({ name }) => name === "network")?.detail as
    | {
        readonly stages?: readonly {
          readonly name: string;
          readonly detail: { readonly certificate?: { readonly validTo?: string } } | null;
        }[];
      }
    | null
    | undefined;
  const validTo = network?.stages?.find(({ name }) => name === "tls")?.detail?.certificate?.validTo;
  return validTo === undefined ? [] : [{ what: "the server's certificate", at: new Date(validTo) }];
}
