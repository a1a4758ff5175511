/** A small Redis 7 that says what it is told to: what a script leaves alone, it answers as the real one does. */
import { type Connection, onCommand } from "./hostile-connection.ts";

/** A reply as its bytes (one character a byte), or a deed. */
type Answer = string | ((connection: Connection, words: readonly string[], state: Session) => void);

export interface Session {
  resp: 2 | 3;
  user: string | null;
}

/**
 * By the command's name in lower case, or its first two words (`acl whoami`). `*` stands for every command that has no
 * entry; `after login` runs after the reply to the AUTH, or HELLO with AUTH, that succeeded first.
 */
export type Answers = Readonly<Record<string, Answer>>;

export function redis(answers: Answers = {}): (connection: Connection) => void {
  return (connection) => {
    const session: Session = { resp: 2, user: null };
    onCommand(connection.stream, (words) => {
      const name = (words[0] ?? "").toLowerCase();
      connection.tell(name);
      const answer = answers[`${name} ${words[1]?.toLowerCase()}`] ?? answers[name] ?? answers["*"];
      const before = session.user;
      const reply = answer ?? usual(name, words, session);
      if (typeof reply === "string") connection.write(reply);
      else reply(connection, words, session);
      const after = answers["after login"];
      if (before === null && session.user !== null && typeof after === "function") after(connection, words, session);
    });
  };
}

/** What a Redis 7 would answer, whoever the user and whatever the password. */
export function usual(name: string, words: readonly string[], session: Session): string {
  if (name === "auth") {
    session.user = words.length > 2 ? (words[1] ?? "") : "default";
    return "+OK\r\n";
  }
  if (name === "hello") return hello(words, session);
  if (name === "quit") return "+OK\r\n";
  if (session.user === null) return noauth;
  if (name === "ping") return "+PONG\r\n";
  if (name === "acl" && words[1]?.toLowerCase() === "whoami") return bulk(session.user);
  if (name === "info") return session.resp === 3 ? verbatim(info()) : bulk(info());
  if (name === "client") return "+OK\r\n";
  if (name === "command") return "*0\r\n";
  if (name === "role") return `*3\r\n${bulk("master")}:0\r\n*0\r\n`;
  if (name === "cluster") return "-ERR This instance has cluster support disabled\r\n";
  return `-ERR unknown command '${words[0]}', with args beginning with: ${quoted(words)}\r\n`;
}

export const noauth = "-NOAUTH Authentication required.\r\n";
export const wrongpass = "-WRONGPASS invalid username-password pair or user is disabled.\r\n";

function hello(words: readonly string[], session: Session): string {
  const auth = words.findIndex((word) => word.toLowerCase() === "auth");
  if (auth > 0) session.user = words[auth + 1] ?? "";
  if (session.user === null) {
    return (
      "-NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO <proto> AUTH <user> <pass> " +
      "option can be used to authenticate the client and select the RESP protocol version at the same time\r\n"
    );
  }
  if (words[1] === "3") session.resp = 3;
  return greeting(session);
}

/** The reply to HELLO; what it says of the server can be changed. */
export function greeting(session: Session, changed: Readonly<Record<string, string>> = {}): string {
  const fields = { server: "redis", version: "7.1.0", mode: "standalone", role: "master", ...changed };
  const pairs = Object.entries(fields).map(([field, value]) => bulk(field) + bulk(value));
  const numbers = `${bulk("proto")}:${session.resp}\r\n${bulk("id")}:7\r\n`;
  const count = pairs.length + 3;
  const head = session.resp === 3 ? `%${count}\r\n` : `*${count * 2}\r\n`;
  return `${head}${pairs.join("")}${numbers}${bulk("modules")}*0\r\n`;
}

export function info(changed: Readonly<Record<string, string>> = {}): string {
  const server = { redis_version: "7.1.0", redis_mode: "standalone", ...changed };
  const lines = Object.entries(server).map(([field, value]) => `${field}:${value}`);
  return ["# Server", ...lines, "", "# Replication", `role:${changed["role"] ?? "master"}`, ""].join("\r\n");
}

export function bulk(text: string): string {
  return `$${text.length}\r\n${text}\r\n`;
}

function verbatim(text: string): string {
  return `=${text.length + 4}\r\ntxt:${text}\r\n`;
}

/** As the real one quotes arguments, up to 128 characters in all. */
export function quoted(words: readonly string[]): string {
  let text = "";
  for (const word of words.slice(1)) {
    if (text.length >= 128) break;
    text += `'${word.slice(0, 128 - text.length)}' `;
  }
  return text;
}
