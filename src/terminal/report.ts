import { CacheauthError, type Notice } from "../errors.ts";
import type { Io } from "../runtime.ts";
import { type Colour, createColour } from "./colour.ts";
import { escapeForeign, escapeForeignIn } from "./escape.ts";
import { createRedactor } from "./redact.ts";

/** How a command speaks: the answer on stdout, everything else on stderr, secrets taken out and foreign text escaped. */
export interface Report {
  readonly json: boolean;
  /** Progress and decisions, shown with -v alone. */
  verbose(code: string, message: string): Promise<void>;
  /** The answer on stdout, for programs and pipes: the object under --json, else its text, after its notices. */
  answer<T extends Answer>(value: T, text: (value: T) => string): Promise<void>;
  /**
   * The answer in words for people, in colour and wrapped where it goes to a terminal. It goes to stderr where what stdout
   * is for could not be given; under --json it is an answer all the same.
   */
  tell<T extends Answer>(
    value: T,
    text: (value: T, paper: Paper) => string,
    stream?: "stdout" | "stderr",
  ): Promise<void>;
  error(error: CacheauthError): Promise<void>;
  /**
   * One of many answers of a command that runs until it is stopped: a line of JSON on stdout, or text on the stream. Secrets are taken out of it, and
   * nobody but who awaits it waits for its reader.
   */
  log<T extends object>(
    value: T,
    text: (value: T, paper: Paper) => string,
    stream?: "stdout" | "stderr",
  ): Promise<void>;
  /** A notice of such a command, on stderr; under --json a line of JSON with all that the notice has. */
  logNotice(notice: Notice): Promise<void>;
  /** Remembers a secret, so that no later line can show it. The answer itself is not searched: it may be the secret. */
  hide(secret: string | undefined): void;
}

/** What a command answers with under --json. */
type Answer = object & { readonly notices: readonly Notice[] };

/** What a text is written on. */
export interface Paper {
  readonly colour: Colour;
  /** Characters in a line. */
  readonly width: number;
}

export interface ReportOptions {
  readonly io: Io;
  readonly json: boolean;
  readonly verbose: boolean;
  /** Asked only when something is coloured: looking at a terminal costs a start. */
  readonly colour: (isTerminal: boolean) => boolean;
  /** What must never be shown, asked for when the first line is. */
  readonly secrets: () => readonly (string | undefined)[];
}

/** More than any one answer of AWS and all its credentials before it can hold. */
const mostHidden = 200;

export function createReport({ io, json, verbose, colour, secrets }: ReportOptions): Report {
  const hidden: (string | undefined)[] = [];
  const redact = (text: string) => {
    const redactor = createRedactor();
    for (const secret of [...secrets(), ...hidden]) redactor.hide(secret);
    return redactor.redact(text);
  };
  const clean = (text: string) => escapeForeign(redact(text));
  const label = (paint: (colour: Colour) => string) => paint(createColour(colour(io.stderrIsTerminal)));
  const jsonLine = (value: object) => `${redact(JSON.stringify(escapeForeignIn(value)))}\n`;
  const showNotices = async ({ notices }: Answer) => {
    for (const { message } of notices) {
      await io.stderr(`${label((c) => c.yellow("notice:"))} ${clean(message)}\n`);
    }
  };
  const paperOf = async (stream: "stdout" | "stderr"): Promise<Paper> => {
    const { isTerminal, columns } = await io.look(stream);
    return { colour: createColour(colour(isTerminal)), width: Math.max(Math.min(columns, 120), 20) };
  };
  /** The text is made of the escaped object: no text can forget to escape. */
  const answerOn = async <T extends Answer>(
    value: T,
    text: (clean: T) => string | Promise<string>,
    stream: "stdout" | "stderr",
  ): Promise<void> => {
    const clean = escapeForeignIn(value) as T;
    if (json) {
      await io.stdout(`${JSON.stringify(clean)}\n`);
      return;
    }
    await showNotices(value);
    await io[stream](await text(clean));
  };
  return {
    json,
    async verbose(code, message) {
      if (!verbose) return;
      await io.stderr(
        json ? jsonLine({ verbose: { code, message } }) : `${label((c) => c.dim(`- ${clean(message)}`))}\n`,
      );
    },
    answer: (value, text) => answerOn(value, text, "stdout"),
    async tell(value, text, stream = "stdout") {
      await answerOn(value, async (clean) => text(clean, await paperOf(stream)), stream);
    },
    async log(value, text, stream = "stdout") {
      if (json) return io.log("stdout", jsonLine(value));
      const shown = text(escapeForeignIn(value) as typeof value, await paperOf(stream));
      await io.log(stream, redact(shown));
    },
    async logNotice(notice) {
      const { message } = notice;
      const line = json ? jsonLine({ notice }) : `${label((c) => c.yellow("notice:"))} ${clean(message)}\n`;
      await io.log("stderr", line);
    },
    async error(error) {
      const { code, message, hint, exitCode } = error;
      if (json) {
        await io.stderr(jsonLine({ error: { code, message, hint, exitCode } }));
        return;
      }
      await io.stderr(
        `${label((c) => c.red("error:"))} ${clean(message)}\n${label((c) => c.bold("fix:"))} ${clean(hint)}\n`,
      );
    },
    hide(secret) {
      if (hidden.includes(secret)) return;
      hidden.push(secret);
      // Whoever runs for weeks sees many come and go.
      if (hidden.length > mostHidden) hidden.shift();
    },
  };
}

/** Anything thrown, as the one error class: what is not ours is a bug, and says how to report it. */
export function asCacheauthError(thrown: unknown): CacheauthError {
  if (thrown instanceof CacheauthError) return thrown;
  const what = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return new CacheauthError(
    "bug",
    `This should not have happened (${what.split("\n", 1)[0]}).`,
    "Please report it to the project: the command and flags without their values, this line, and cacheauth --version.",
  );
}
