import type { Login } from "../../judge/world.ts";
import { encode, encodeCommand } from "../../resp/encode.ts";
import { authenticatedLimits, type RequestLimits } from "../../resp/request-limits.ts";
import type { RequestReader } from "../../resp/request-reader.ts";
import { bulk, error, simple } from "../../resp/value.ts";
import type { Connection, Host } from "../../runtime.ts";
import { authInMulti } from "../auth-in-multi.ts";
import type { Gate } from "../gate.ts";
import { asText, readAuth, readHello } from "../login-words.ts";
import type { Outbox } from "../outbox.ts";
import type { Turn } from "../turn.ts";
import { createMarkers } from "./markers.ts";

export interface RelayOptions {
  /** What the client sent, and where its next bytes come from. */
  readonly reader: RequestReader;
  readonly client: Connection;
  readonly outbox: Outbox;
  readonly gate: Gate;
  readonly upstream: Connection;
  readonly ports: Pick<Host, "after" | "random">;
  /** The HELLO of the login, which the upstream answers; null where the login was an AUTH. */
  readonly opening: Uint8Array | null;
  /** The connection ends once the opening is answered. */
  readonly hangUp: boolean;
  readonly turn: Turn;
  /** A login that was sent inside MULTI, where it is not judged. */
  loginInMulti(name: "auth" | "hello", login: Login | null): void;
}

export type RelayEnd =
  /** The login was dropped by RESET: the client goes on, this upstream connection does not. */
  | { readonly kind: "reset" }
  | { readonly kind: "client-gone" }
  | { readonly kind: "hang-up" }
  /** `midway`: a reply has begun and will not end. */
  | { readonly kind: "upstream-gone"; readonly midway: boolean }
  | { readonly kind: "malformed"; readonly message: string };

/** The commands that are looked at; all else goes by as it comes. */
const heldNames: ReadonlySet<string> = new Set("AUTH HELLO ACL MULTI EXEC DISCARD RESET QUIT SYNC PSYNC".split(" "));

/** What a server takes of a word, for the upstream decides that; and little of a command that is looked at. */
const relayLimits: RequestLimits = { ...authenticatedLimits(512 << 20), command: 1 << 20 };

/** How long an upstream may take to hang up after its client did. */
const lingerMs = 5_000;

/**
 * Passes bytes both ways, each side held back by the other where that does not read, until the login ends. AUTH is answered
 * here, HELLO goes on without its AUTH, and ACL WHOAMI names the user of the login, whom the upstream does not know.
 */
export async function relay(options: RelayOptions): Promise<RelayEnd> {
  const { reader, client, outbox, gate, upstream, ports } = options;
  const markers = createMarkers(ports.random);
  const { promise: ended, resolve } = Promise.withResolvers<RelayEnd>();
  let isOver = false;
  let inMulti = false;
  let quits = false;
  let cancelLinger = () => {};

  reader.hold(heldNames);
  reader.setLimits(relayLimits);
  void down().catch(() => upstreamGone());
  // Where it cannot be written to, what it has said before is still passed on.
  void up().catch((thrown) => ((thrown as { code?: string }).code === undefined ? upstreamGone() : undefined));
  const how = await ended;
  cancelLinger();
  upstream.destroy();
  reader.hold(null);
  return how;

  function end(how: RelayEnd): void {
    isOver = true;
    resolve(how);
  }

  function upstreamGone(): void {
    end(quits ? { kind: "client-gone" } : { kind: "upstream-gone", midway: markers.filter.midway });
  }

  async function down(): Promise<void> {
    for (let chunk = await upstream.read(); chunk !== null && !isOver; chunk = await upstream.read()) {
      for (const piece of markers.filter.push(chunk)) outbox.send(piece);
      await outbox.room();
    }
    upstreamGone();
  }

  async function up(): Promise<void> {
    if (options.opening) await upstream.write(options.opening);
    if (options.hangUp) await answer("ping", nothing, true);
    while (!isOver) {
      const read = reader.next();
      if (read.kind === "bytes") await upstream.write(read.bytes);
      else if (read.kind === "command") await held(read.words, read.raw);
      else if (read.kind === "malformed") end(read);
      else if (!(await readMore())) return;
    }
  }

  /** False where the client sends no more. What it asked for is still answered: the upstream hangs up after it. */
  async function readMore(): Promise<boolean> {
    const chunk = await client.read().catch(() => null);
    if (chunk !== null) {
      reader.push(chunk);
      return true;
    }
    quits = true;
    upstream.end();
    cancelLinger = ports.after(lingerMs, () => end({ kind: "client-gone" }));
    return false;
  }

  async function held(words: readonly Uint8Array[], raw: Uint8Array): Promise<void> {
    const name = asText(words[0] as Uint8Array).toUpperCase();
    const isAlone = words.length === 1;
    if (name === "AUTH") return auth(words);
    if (name === "HELLO") return hello(words, raw);
    if (name === "ACL" && words.length === 2 && /^whoami$/i.test(asText(words[1] as Uint8Array))) {
      return answer("acl|whoami", encode(bulk(gate.user ?? "")));
    }
    if (name === "MULTI" && isAlone) inMulti = true;
    if ((name === "EXEC" || name === "DISCARD") && isAlone) inMulti = false;
    if (name === "QUIT") quits = true;
    // What follows is the stream of a primary to its replica, not replies.
    if (name === "SYNC" || name === "PSYNC") markers.filter.open();
    await upstream.write(raw);
    if (name === "RESET" && isAlone) await reset();
  }

  /** All that was asked before it is answered first; then nothing more may reach the upstream. */
  async function reset(): Promise<void> {
    const { promise: answered, resolve: returned } = Promise.withResolvers<void>();
    await upstream.write(markers.commandFor("ping", nothing, returned));
    await Promise.race([answered, ended]);
    end({ kind: "reset" });
  }

  async function auth(words: readonly Uint8Array[]): Promise<void> {
    const asked = readAuth(words);
    if (inMulti) return refuseInMulti("auth", asked.kind === "auth" ? asked.login : null);
    if (asked.kind === "error") return answer("auth", encode(error(asked.message)));
    const { login } = asked;
    const said = await options.turn(() => gate.login(login));
    if (!said.accepted) return answer("auth", said.reply);
    return answer("auth", encode(simple("OK")), said.hangUp);
  }

  async function hello(words: readonly Uint8Array[], raw: Uint8Array): Promise<void> {
    const asked = readHello(words);
    if (inMulti) return refuseInMulti("hello", asked.kind === "hello" ? asked.login : null);
    if (asked.kind === "error") return answer("hello", encode(error(asked.message)));
    const { login } = asked;
    if (login === null) return upstream.write(raw);
    const said = await options.turn(() => gate.login(login));
    if (!said.accepted) return answer("hello", said.reply);
    await upstream.write(encodeCommand(...asked.withoutLogin));
    if (said.hangUp) await answer("ping", nothing, true);
  }

  async function answer(name: string, reply: Uint8Array, hangUp = false): Promise<void> {
    await upstream.write(markers.commandFor(name, reply, hangUp ? () => end({ kind: "hang-up" }) : undefined));
  }

  async function refuseInMulti(name: "auth" | "hello", login: Login | null): Promise<void> {
    options.loginInMulti(name, login);
    await answer(name, encode(error(authInMulti(name.toUpperCase()))));
  }
}

const nothing = new Uint8Array(0);
