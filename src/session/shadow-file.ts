/**
 * The shadow credentials file: the user's own with sessions in it, below a head of comments which holds all sessions, also those of
 * profiles that are off. It is the one place where their keys stand.
 */
import { formatTime, parseTime } from "../token/time.ts";
import { placedSessions, withSessions } from "./placed-sessions.ts";
import type { AwsTexts } from "./read-profile.ts";
import type { Session, SessionSetting } from "./session.ts";

export interface Shadow {
  /** The credentials file that it was made of. */
  readonly madeOf: string;
  readonly sessions: readonly Session[];
}

const firstLine =
  "# cacheauth 1: the credentials file named below, with MFA sessions in it. Do not edit it: cacheauth writes it anew.";
const lastLine = "# cacheauth end";

/** The whole text of the file. `config` only tells which keys a profile has. */
export function shadowText(
  { madeOf, sessions }: Shadow,
  texts: AwsTexts,
  settings: readonly SessionSetting[],
  now: Date,
): string {
  const placed = placedSessions(texts, settings, sessions);
  const kept = sessions.filter((session) => placed.includes(session) || session.expiresAt > now);
  const head = [
    firstLine,
    `# cacheauth of ${JSON.stringify(madeOf)}`,
    ...kept.map((session) => `# cacheauth session ${JSON.stringify(written(session))}`),
    lastLine,
  ];
  return `${head.join("\n")}\n\n${withSessions(texts.credentials, placed)}`;
}

/** What the head of the file says; null where cacheauth did not make it. Lines of the head that make no sense are passed over. */
export function readShadow(text: string): Shadow | null {
  const [first, ...lines] = text.split("\n", 10_000);
  if (first !== firstLine || !lines.includes(lastLine)) return null;
  const head = lines.slice(0, lines.indexOf(lastLine));
  const [madeOf] = head.flatMap((line) => jsonBehind("# cacheauth of ", line));
  if (typeof madeOf !== "string") return null;
  return { madeOf, sessions: head.flatMap((line) => jsonBehind("# cacheauth session ", line).flatMap(sessionIn)) };
}

/** Always in this order: whether the file is in step is told by its text. */
function written(session: Session): object {
  const { profile, accessKeyId, secretAccessKey, sessionToken, madeAt, expiresAt, serial, ownKeyId } = session;
  const times = { madeAt: formatTime(madeAt), expiresAt: formatTime(expiresAt) };
  return { profile, accessKeyId, secretAccessKey, sessionToken, ...times, serial, ownKeyId };
}

function jsonBehind(start: string, line: string): unknown[] {
  if (!line.startsWith(start)) return [];
  try {
    return [JSON.parse(line.slice(start.length))];
  } catch {
    return [];
  }
}

function sessionIn(value: unknown): Session[] {
  const fields = (typeof value === "object" && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  const { profile, accessKeyId, secretAccessKey, sessionToken, madeAt, expiresAt, serial, ownKeyId } = fields;
  const texts = { profile, accessKeyId, secretAccessKey, sessionToken, serial, ownKeyId };
  if (Object.values(texts).some((text) => typeof text !== "string" || text === "")) return [];
  try {
    const times = { madeAt: parseTime(String(madeAt)), expiresAt: parseTime(String(expiresAt)) };
    return [{ ...(texts as Record<keyof typeof texts, string>), ...times }];
  } catch {
    return [];
  }
}
