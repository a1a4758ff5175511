import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { splitInline } from "../../../src/resp/inline.ts";
import { bytesOf } from "../../resp/vectors.ts";

/**
 * What clients said to redis-server 7.0.15 and what each of them got, in RESP2 and in RESP3; tests/long holds it against the server
 * that is there, and records it anew where CACHEAUTH_RECORD is set.
 *
 *     ## a name
 *     a SET k "a b"       what client a sends, with redis-cli's quotes and escapes
 *      < +OK\r\n          what it gets; bytes as characters, with escapes as in JSON
 *     b? TIME             `?` compares types only, `~` numbers to within 5, `*` lists in any order
 *      2< … and 3< …      where the versions differ
 *      2a< …              what another client got
 */
export interface Transcript {
  readonly name: string;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly client: string;
  readonly compare: "" | "?" | "~" | "*";
  readonly line: string;
  readonly words: readonly Uint8Array[];
  /** All the bytes that each client got, one a character. */
  readonly got: Readonly<Record<2 | 3, Map<string, string>>>;
}

export const folder: string = join(import.meta.dirname, "transcripts");

/** Name of the file to what is in it. */
export function readTranscripts(): ReadonlyMap<string, readonly Transcript[]> {
  const files = readdirSync(folder).filter((name) => name.endsWith(".txt"));
  return new Map(files.sort().map((name) => [name, parseTranscripts(readFileSync(join(folder, name), "utf8"))]));
}

function parseTranscripts(text: string): Transcript[] {
  const transcripts: { name: string; steps: Step[] }[] = [];
  for (const line of text.split("\n")) {
    const last = transcripts.at(-1);
    if (line.startsWith("## ")) transcripts.push({ name: line.slice(3), steps: [] });
    else if (line.startsWith(" ")) addReply(last?.steps.at(-1), line);
    else if (line !== "") last?.steps.push(parseStep(line));
  }
  return transcripts;
}

function parseStep(line: string): Step {
  const [, client = "", compare = "", command = ""] = /^([a-z])([?~*]?) (.*)$/.exec(line) ?? [];
  const words = splitInline(bytesOf(command));
  if (!words?.length) throw new Error(`no step: ${line}`);
  return { client, compare: compare as Step["compare"], line, words, got: { 2: new Map(), 3: new Map() } };
}

function addReply(step: Step | undefined, line: string): void {
  const [, version, client, bytes] = /^ ([23]?)([a-z]?)< (.*)$/.exec(line) ?? [];
  if (!step || bytes === undefined) throw new Error(`no reply: ${line}`);
  const got: string = JSON.parse(`"${bytes.replaceAll('"', '\\"')}"`);
  for (const one of version ? [Number(version) as 2 | 3] : ([2, 3] as const))
    step.got[one].set(client || step.client, got);
}

export function formatTranscripts(transcripts: readonly Transcript[]): string {
  return transcripts.map(({ name, steps }) => `## ${name}\n${steps.map(formatStep).join("")}`).join("\n");
}

function formatStep({ client, line, got }: Step): string {
  const clients = [...new Set([...got[2].keys(), ...got[3].keys()])];
  const lines = clients.flatMap((who) => {
    const label = who === client ? "" : who;
    const [two, three] = [got[2].get(who), got[3].get(who)].map((bytes) => bytes && escaped(bytes));
    if (two === three) return [` ${label}< ${two}`];
    return [two && ` 2${label}< ${two}`, three && ` 3${label}< ${three}`].filter(Boolean);
  });
  return `${line}\n${lines.map((one) => `${one}\n`).join("")}`;
}

function escaped(bytes: string): string {
  const text = JSON.stringify(bytes).slice(1, -1).replaceAll('\\"', '"');
  return text.replace(/[\x7f-\xff]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);
}
