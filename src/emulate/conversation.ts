import type { Finding } from "../findings/finding.ts";
import { makeFinding } from "../findings/make-finding.ts";
import type { Login } from "../judge/world.ts";
import { encodeCommand } from "../resp/encode.ts";
import { error, type RespValue, simple } from "../resp/value.ts";
import { helloReply } from "./data/hello.ts";
import type { ServerFacts } from "./data/server-facts.ts";
import type { DataSession } from "./data/session.ts";
import type { Gate, LoginAnswer } from "./gate.ts";
import { asText, isConnectionName, readAuth, readHello } from "./login-words.ts";
import { helloBeforeLogin, noAuth } from "./no-login.ts";
import type { Talk } from "./talk.ts";

/** What one connection says, and what follows from it. */
export interface ConversationOptions {
  readonly gate: Gate;
  readonly session: DataSession;
  readonly server: ServerFacts;
  readonly talk: Talk;
  readonly hasUpstream: boolean;
  /** A command came before any login was tried: told once. */
  withoutLogin(finding: Finding): void;
  /** A login inside MULTI, which is not judged. */
  loginInMulti(name: "auth" | "hello", login: Login | null): void;
}

export type Next =
  | { readonly kind: "on" }
  | { readonly kind: "hang-up" }
  /**
   * The login is good, and the upstream answers from here on: first the opening, a HELLO; where there is none, the client may
   * still be owed the OK to its AUTH.
   */
  | { readonly kind: "relay"; readonly opening: Uint8Array | null; readonly owesOk: boolean; readonly hangUp: boolean };

const on: Next = { kind: "on" };
const hangUp: Next = { kind: "hang-up" };

/** Runs one command after the other, as redis-server 7 takes them from a client that has to log in. */
export function createConversation(options: ConversationOptions): (words: readonly Uint8Array[]) => Promise<Next> {
  const { gate, session, server, talk, hasUpstream } = options;
  let hasTried = false;

  return async (words) => {
    const name = asText(words[0] as Uint8Array).toUpperCase();
    if (name === "QUIT") return sayAnd(simple("OK"), hangUp);
    if (gate.user === null) {
      const refusal = session.refusalBeforeLogin(words);
      if (refusal) return sayAnd(refusal, on);
    }
    if (name === "RESET" && words.length === 1) return reset();
    if (!session.inTransaction && !session.isSubscribedOnly) {
      if (name === "AUTH") return auth(words);
      if (name === "HELLO") return hello(words);
    }
    if (gate.user === null) return refuse(noAuth);
    if (session.inTransaction && (name === "AUTH" || name === "HELLO")) tellInMulti(name, words);
    for (const reply of session.run(words)) talk.say(reply);
    return on;
  };

  function sayAnd(reply: RespValue, next: Next): Next {
    talk.say(reply);
    return next;
  }

  function reset(): Next {
    session.reset();
    gate.leave();
    talk.resp = 2;
    return sayAnd(simple("RESET"), on);
  }

  async function auth(words: readonly Uint8Array[]): Promise<Next> {
    const asked = readAuth(words);
    if (asked.kind === "error") return sayAnd(error(asked.message), on);
    const said = await login(asked.login);
    if (!said) return on;
    if (said.hangUp) return sayAnd(simple("OK"), hangUp);
    if (hasUpstream) return { kind: "relay", opening: null, owesOk: true, hangUp: false };
    return sayAnd(simple("OK"), on);
  }

  async function hello(words: readonly Uint8Array[]): Promise<Next> {
    const asked = readHello(words);
    if (asked.kind === "error") return sayAnd(error(asked.message), on);
    let after = on;
    if (asked.login) {
      const said = await login(asked.login);
      if (!said) return on;
      if (hasUpstream)
        return { kind: "relay", opening: encodeCommand(...asked.withoutLogin), owesOk: false, hangUp: said.hangUp };
      if (said.hangUp) after = hangUp;
    }
    if (gate.user === null) return refuse(helloBeforeLogin);
    if (asked.name && !isConnectionName(asked.name)) {
      return sayAnd(error("ERR Client names cannot contain spaces, newlines or special characters."), after);
    }
    if (asked.name) talk.facts.name = asText(asked.name);
    if (asked.version) talk.resp = asked.version;
    return sayAnd(helloReply(server, talk.facts, talk.resp), after);
  }

  /** Null where it was refused, and the client told so. */
  async function login(asked: Login): Promise<Extract<LoginAnswer, { accepted: true }> | null> {
    hasTried = true;
    const said = await gate.login(asked);
    if (said.accepted) return said;
    talk.sayBytes(said.reply);
    return null;
  }

  function refuse(message: string): Next {
    if (!hasTried) options.withoutLogin(unasked);
    hasTried = true;
    return sayAnd(error(message), on);
  }

  function tellInMulti(name: "AUTH" | "HELLO", words: readonly Uint8Array[]): void {
    const asked = name === "AUTH" ? readAuth(words) : readHello(words);
    options.loginInMulti(name === "AUTH" ? "auth" : "hello", asked.kind === "error" ? null : asked.login);
  }
}

const unasked: Finding = makeFinding("noauth", {
  message: "A client sent a command and had not logged in; it was told NOAUTH.",
  fix: "Give the client the user and the token as its user name and password; some take them only together.",
});
